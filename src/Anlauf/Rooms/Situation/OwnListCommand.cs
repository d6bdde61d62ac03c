using System.CommandLine;
using Anlauf.Elections.Results;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;
using Anlauf.Rooms.Situation.Indicators;

namespace Anlauf.Rooms.Situation;

/// <summary><c>anlauf setting own-list</c>: which list of the official results is the association's own.</summary>
internal static class OwnListCommand
{
    public static Command Build()
    {
        var name = new Argument<string?>("NAME") { Description = "Name der Liste wie in den Ergebnissen; ohne Angabe erscheint die geltende", Arity = ArgumentArity.ZeroOrOne };
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien", Recursive = true };
        var ownList = new Command(OwnList.Setting, "Die eigene Liste in den Wahlergebnissen; von ihr hängt ab, wo Weiße Flecken sind") { name };
        ownList.SetAction((parsed, ct) => Shell.RunAsSystemAsync(parsed.GetValue(data), Opening.Existing, async services =>
        {
            if (parsed.GetValue(name) is { Length: > 0 } wanted) return await SetAsync(services, wanted, ct);
            Console.WriteLine(await services.GetRequiredService<Settings>().GetAsync(OwnList.Setting, ct) ?? "Es ist noch keine eigene Liste festgelegt.");
            return 0;
        }, ct));
        return new Command("setting", "Einstellungen dieser Installation") { data, ownList };
    }

    /// <summary>Sets the list and renews the figures that depend on it.</summary>
    internal static async Task<int> SetAsync(IServiceProvider services, string wanted, CancellationToken ct = default)
    {
        var lists = await services.GetRequiredService<Db>().QueryAsync<string>("select list from territory.list_result group by list order by sum(votes) desc nulls last, list", ct: ct);
        // results are compared by the exact name, so the name is taken as the sources write it
        var named = lists.FirstOrDefault(l => l == wanted) ?? lists.FirstOrDefault(l => PartyName.Same(l, wanted));
        if (named is null && lists.Count > 0)
            return await Shell.RefuseAsync($"Eine Liste „{wanted}“ gibt es in den eingelesenen Wahlen nicht. Vorhanden: {string.Join(", ", lists.Take(20))}{(lists.Count > 20 ? " …" : "")}");
        await services.GetRequiredService<Settings>().SetAsync(OwnList.Setting, named ?? wanted, ct);
        await services.GetRequiredService<IndicatorRefresh>().RunAsync(ct: ct);
        Console.WriteLine($"Eigene Liste: {named ?? wanted}");
        if (lists.Count == 0) await Console.Error.WriteLineAsync("Es liegt noch keine Wahl vor; einlesen mit: anlauf import elections DATEI");
        return 0;
    }
}
