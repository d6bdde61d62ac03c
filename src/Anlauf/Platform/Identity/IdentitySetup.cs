using Anlauf.Platform.Database;
using Anlauf.Platform.Web;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Anlauf.Platform.Identity;

/// <summary>Sign-in by passkey, or by password and one-time code.</summary>
internal static class IdentitySetup
{
    /// <summary>Claim that names the person of the signed-in account.</summary>
    public const string PersonClaim = "anlauf:person";

    /// <summary>Key of the sign-in's own pool of connections.</summary>
    public const string Connections = "sign-in";

    public static void AddAnlaufIdentity(this IServiceCollection services)
    {
        services.AddDbContext<IdentityDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredKeyedService<NpgsqlDataSource>(Connections))
            .AddInterceptors(new IdentityDb.ActsAsSignIn()));
        services.AddIdentityCore<Account>(options =>
            {
                options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                options.User.RequireUniqueEmail = false;
                // length beats composition rules (NIST SP 800-63B, 5.1.1.2)
                options.Password.RequiredLength = 10;
                options.Password.RequireDigit = options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddEntityFrameworkStores<IdentityDb>()
            .AddUserStore<AccountStore>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<PersonClaims>()
            .AddErrorDescriber<GermanErrors>()
            .AddPasswordValidator<PasswordRules>()
            .AddDefaultTokenProviders()
            .AddTokenProvider<OneTimeCodes>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(options =>
        {
            options.LoginPath = "/anmelden";
            options.LogoutPath = "/abmelden";
            options.AccessDeniedPath = "/kein-zugriff";
            options.ReturnUrlParameter = "weiter";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.ExpireTimeSpan = TimeSpan.FromHours(10);
            options.SlidingExpiration = true;
            options.Events.OnSigningIn = Sessions.OnSigningIn;
            options.Events.OnValidatePrincipal = Sessions.OnValidatePrincipal;
            var refuse = options.Events.OnRedirectToAccessDenied;
            options.Events.OnRedirectToAccessDenied = context =>
            {
                context.HttpContext.RequestServices.GetRequiredService<SecurityLog>().PageRefused(context.HttpContext);
                return refuse(context);
            };
        });
        foreach (var (scheme, name) in new[] { (IdentityConstants.ApplicationScheme, "anlauf"), (IdentityConstants.ExternalScheme, "anlauf-aussen"), (IdentityConstants.TwoFactorUserIdScheme, "anlauf-geraet"), (IdentityConstants.TwoFactorRememberMeScheme, "anlauf-gemerkt") })
            services.AddOptions<CookieAuthenticationOptions>(scheme).Configure<SiteCookies>((options, cookies) => options.Cookie.Name = cookies.Name(name));
        // OWASP's figure for PBKDF2 with SHA-512, which the framework uses
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.AddSingleton<SecurityLog>();
        services.AddScoped<CurrentSession>();
        services.AddScoped<Sessions>();
        services.AddScoped<SignIn>();
        services.AddScoped<Invitations>();
        services.AddScoped<AddressBrake>();
        services.AddSingleton<SignInTurns>();
        services.AddSingleton<SingleSignOn>();
        services.AddHostedService<SealAccounts>();
        services.AddDataProtection().SetApplicationName("anlauf");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((options, provider) => options.XmlRepository = new KeysInDatabase(provider.GetRequiredKeyedService<NpgsqlDataSource>(Connections), provider.GetRequiredService<Secrets.FieldCipher>()));
    }

    /// <summary>Tells the database who acts, from the signed-in account. Who still owes a second factor acts as nobody.</summary>
    public static void UseActor(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.User.FindFirst(PersonClaim) is { } claim && int.TryParse(claim.Value, out var person) && !context.User.HasClaim(Sessions.SecondFactorMissing, "yes"))
        {
            var actor = context.RequestServices.GetRequiredService<Actor>();
            if (context.User.IsGuest()) actor.BecomeGuest(person);
            else actor.Become(person);
        }
        await next();
    });

    private sealed class PersonClaims(UserManager<Account> users, Microsoft.Extensions.Options.IOptions<IdentityOptions> options, [FromKeyedServices(Connections)] NpgsqlDataSource source)
        : UserClaimsPrincipalFactory<Account>(users, options)
    {
        protected override async Task<System.Security.Claims.ClaimsIdentity> GenerateClaimsAsync(Account user)
        {
            var identity = await base.GenerateClaimsAsync(user);
            if (user.PersonId is { } person)
                identity.AddClaim(new(PersonClaim, person.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            if (user.IsGuest) identity.AddClaim(new(GuestClaims.Name, "yes"));
            await using var command = source.CreateCommand("select access.second_factor_missing($1)");
            command.Parameters.Add(new() { Value = user.Id });
            if (await command.ExecuteScalarAsync() is true) identity.AddClaim(new(Sessions.SecondFactorMissing, "yes"));
            return identity;
        }
    }
}
