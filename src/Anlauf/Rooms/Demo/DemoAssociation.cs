using Anlauf.Platform.Database;
using Anlauf.Platform.Identity;
using Anlauf.Rooms.Meetings.Review;
using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Territory.Facts;
using Microsoft.AspNetCore.Identity;

namespace Anlauf.Rooms.Demo;

/// <summary>The demo association „Horizont“: fictional persons in real territory. Built once, the same every time.</summary>
public static class DemoAssociation
{
    /// <summary>A sign-in of the demo: user name, what it stands for, the office it comes from.</summary>
    public sealed record SignIn(string Name, string Role, string Office);

    // a guest holds no office
    private const string Guest = "guest";

    /// <summary>One password for all demo sign-ins; they exist in demo installations only.</summary>
    public const string Password = "anlauf-demo-2026";

    /// <summary>The sign-ins shown at the start.</summary>
    public static IReadOnlyList<SignIn> SignIns { get; } =
    [
        new("land", "Landesgeschäftsführung", "state-manager"),
        new("protokoll", "Protokollführung des Landesvorstands", "minute-taker"),
        new("kreis", "Kreisvorsitz Mittelsachsen", "district-chair"),
        new("ort", "Ortsvorsitz Hainichen", "local-chair"),
        new("mitglied", "Mitglied", "member"),
        new("verwaltung", "Mitgliederverwaltung des Landesverbands", "membership-officer"),
        new("betreuung", "Mitgliederbetreuung", "member-care"),
        new("datenschutz", "Datenschutzbeauftragte", "data-protection-officer"),
        new("gast", "Gast im Projekt Bürgerbus", Guest),
    ];

    /// <summary>Builds the demo association where it is missing.</summary>
    public static async Task EnsureAsync(IServiceProvider services, CancellationToken ct = default)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
        var settings = scope.ServiceProvider.GetRequiredService<Settings>();
        if (await settings.GetAsync("demo", ct) == "built") return;
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        var today = DateOnly.FromDateTime(scope.ServiceProvider.GetRequiredService<TimeProvider>().GetLocalNow().Date);
        await scope.ServiceProvider.GetRequiredService<TerritoryFacts>().EnsureAsync(ct);
        await DemoOrganisation.BuildAsync(db, ct);
        await DemoHandover.BuildAsync(db, today, ct);
        await DemoDocuments.BuildAsync(db, scope.ServiceProvider.GetRequiredService<UploadDocument>(), scope.ServiceProvider.GetRequiredService<AcceptDocument>(), ct);
        await DemoSituation.BuildAsync(db, today, ct);
        await DemoWelcome.BuildAsync(db, today, ct);
        await DemoMembers.BuildAsync(db, today, ct);
        await DemoWelcome.SettleAsync(db, ct);
        await DemoSurveys.BuildAsync(db, today, ct);
        await DemoSelfService.BuildAsync(db, scope.ServiceProvider.GetRequiredService<Members.Motives.MotiveBox>(), today, ct);
        await DemoOffers.BuildAsync(db, today, ct);
        await scope.ServiceProvider.GetRequiredService<Coverage>().SnapshotAsync(today, ct: ct);
        await AddAccountsAsync(scope.ServiceProvider, ct);
        await settings.SetAsync("demo", "built", ct);
    }

    private static async Task AddAccountsAsync(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<Db>();
        var users = services.GetRequiredService<UserManager<Account>>();
        foreach (var signIn in SignIns)
        {
            var guest = signIn.Office == Guest;
            var person = guest ? await db.ScalarAsync<int>("select person_id from projects.guest order by id limit 1", ct: ct) : await db.ScalarAsync<int>("select person_id from organisation.office_holding h join organisation.office o on o.id = h.office_id where o.role_id = @Office order by (o.name = 'Mitglied') desc, h.id limit 1", signIn, ct);
            var result = await users.CreateAsync(new Account { UserName = signIn.Name, PersonId = person, IsGuest = guest }, Password);
            if (!result.Succeeded) throw new InvalidOperationException(string.Join("; ", result.Errors.Select(e => e.Description)));
        }
    }
}
