using Anlauf.Platform;
using Anlauf.Rooms.Portal;
using Anlauf.Rooms.Portal.Outside;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Portal;

/// <summary>The inner house and, beside it, the process that strangers reach: over the same database, with nothing but its file.</summary>
public sealed class OpenPortal : IAsyncLifetime
{
    private WebApplication? app;

    /// <summary>A clock that a test moves on.</summary>
    public sealed class MovingClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + Ahead;
    }

    public OpenHouse Inside { get; } = new();
    public AssociationDatabase House => Inside.House;
    public MovingClock Clock { get; } = new();

    /// <summary>What the process outside was given.</summary>
    public PortalFile File { get; private set; } = null!;

    /// <summary>Services of the process outside.</summary>
    public IServiceProvider Outside => app!.Services;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await Inside.InitializeAsync();
        var saxony = await House.DivisionAsync("sachsen");
        await House.TellAsync("insert into privacy.controller values (@saxony, 'Horizont Sachsen', 'Hauptstraße 1, 01067 Dresden', 'post@horizont.example', 'datenschutz@horizont.example')", new { saxony });
        File = (await House.UseAsync<HandOutKey, Outcome<PortalFile>>(null, h => h.HandleAsync("sachsen"))).Value!;
        app = PortalHost.Build(File, File.Connection!, builder =>
        {
            OpenHouse.Configure(builder);
            builder.Services.AddSingleton<TimeProvider>(Clock);
        });
        await app.StartAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        await Inside.DisposeAsync();
    }

    public Visitor Visit() => new(new Uri(app!.Urls.Single()));

    /// <summary>What a person types.</summary>
    public static Dictionary<string, string> Typed(string name = "Edeltraud Fernweh", string contact = "edeltraud@fernweh.example", string postalCode = "09661", string text = "Ich möchte beim Bürgerbus mithelfen.") =>
        new() { ["name"] = name, ["kontakt"] = contact, ["plz"] = postalCode, ["text"] = text, ["einwilligung"] = "ja", ["webseite"] = "" };
}
