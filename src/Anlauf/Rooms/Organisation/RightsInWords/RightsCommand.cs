using System.CommandLine;
using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms.Organisation.RightsInWords;

/// <summary><c>anlauf rights</c>: which role sees and does what, from the rows that decide.</summary>
internal static class RightsCommand
{
    public static Command Build()
    {
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien" };
        var markdown = new Option<bool>("--markdown") { Description = "alle Rollen mit Zweck und Reichweite, wie in docs/rechte.md" };
        var command = new Command("rights", "Zeigt, welche Rolle was sieht und tut") { data, markdown };
        command.SetAction((parsed, ct) => Shell.RunAsSystemAsync(parsed.GetValue(data), Opening.Filling, async services =>
        {
            var book = await services.GetRequiredService<RightsRegister>().BookAsync(ct);
            if (parsed.GetValue(markdown)) Console.Out.Write(book.Markdown());
            else
                foreach (var role in book.Roles)
                    Console.WriteLine($"{role.Name,-26} {string.Join("; ", book.Used.Where(c => book.Width(role, c) > 0).Select(c => $"{c.Id} {book.Cell(role, c)}"))}");
            return 0;
        }, ct));
        return command;
    }
}
