using System.CommandLine;
using Anlauf.Platform;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Operation;

/// <summary>Accounts from the shell.</summary>
internal static class UserCommand
{
    public static Command Build()
    {
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien", Recursive = true };
        var name = new Argument<string>("NAME") { Description = "Benutzername" };
        var given = new Option<string>("--given") { Description = "Vorname", Required = true };
        var family = new Option<string>("--family") { Description = "Nachname", Required = true };
        var division = new Option<string>("--division") { Description = "Gliederung; die erste wird als Landesverband angelegt", Required = true };
        var role = new Option<string>("--role") { Description = "Rolle", DefaultValueFactory = _ => "state-manager" };
        var add = new Command("add", "Legt Person, Amt und Konto an und zeigt das erste Kennwort") { name, given, family, division, role };
        add.SetAction((p, ct) => RunAsync(p.GetValue(data), Opening.Filling, u => u.AddAsync(new(p.GetValue(name)!, p.GetValue(given)!, p.GetValue(family)!, p.GetValue(division)!, p.GetValue(role)!), ct), "Erstes Kennwort: {0}", ct));
        var invite = new Command("invite", "Legt Person und Amt an und zeigt einen Link, mit dem die Person ihr Konto selbst einrichtet") { name, given, family, division, role };
        invite.SetAction((p, ct) => RunAsync(p.GetValue(data), Opening.Filling, u => u.InviteAsync(new(p.GetValue(name)!, p.GetValue(given)!, p.GetValue(family)!, p.GetValue(division)!, p.GetValue(role)!), ct), "Link, hinter die Adresse des Servers zu setzen: {0}", ct));
        var locking = new Command("lock", "Sperrt ein Konto und beendet seine Sitzungen") { name };
        locking.SetAction((p, ct) => RunAsync(p.GetValue(data), Opening.Existing, u => u.LockAsync(p.GetValue(name)!), "Gesperrt: {0}", ct));
        var reset = new Command("reset", "Setzt ein neues Kennwort, entfernt Geräte, Code-App und Sperre") { name };
        reset.SetAction((p, ct) => RunAsync(p.GetValue(data), Opening.Existing, u => u.ResetAsync(p.GetValue(name)!), "Neues Kennwort: {0}", ct));
        var (asked, off) = (new Argument<string>("ROLLE") { Description = "Rolle, zum Beispiel state-manager" }, new Option<bool>("--off") { Description = "nicht mehr verlangen" });
        var factor = new Command("second-factor", "Verlangt von allen, die eine Rolle haben, einen zweiten Faktor") { asked, off };
        factor.SetAction((p, ct) => RunAsync(p.GetValue(data), Opening.Existing, u => u.SecondFactorAsync(p.GetValue(asked)!, !p.GetValue(off), ct), "{0}", ct));
        var (sensitive, others) = (new Option<int?>("--sensitive") { Description = "Stunden, wo ein Amt Daten ab P3 öffnet" }, new Option<int?>("--others") { Description = "Stunden für alle anderen" });
        var hours = new Command("session-hours", "Setzt, wie lange eine Sitzung höchstens dauert, auch wenn sie genutzt wird; ohne Angabe zeigt es die Werte") { sensitive, others };
        hours.SetAction((p, ct) => RunAsync(p.GetValue(data), Opening.Existing, u => u.SessionHoursAsync(p.GetValue(sensitive), p.GetValue(others), ct), "{0}", ct));
        return new Command("user", "Konten") { data, add, invite, locking, reset, factor, hours };
    }

    private static Task<int> RunAsync(string? data, Opening opening, Func<UserAccounts, Task<Outcome<string>>> work, string done, CancellationToken ct) => Shell.RunAsSystemAsync(data, opening, async services =>
    {
        var outcome = await work(services.GetRequiredService<UserAccounts>());
        if (outcome.Done) Console.WriteLine(done, outcome.Value);
        else await Console.Error.WriteLineAsync(outcome.Refusal!.Message);
        return outcome.Done ? 0 : 1;
    }, ct);
}
