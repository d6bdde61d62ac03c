using System.CommandLine;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Mail;

namespace Anlauf.Rooms.Operation;

/// <summary>Mail from the shell: reading what came back.</summary>
internal static class MailCommand
{
    public static Command Build()
    {
        var folder = new Argument<string>("ORDNER") { Description = "Maildir oder Ordner mit .eml-Dateien" };
        var data = new Option<string?>("--data") { Description = "Ordner für Datenbank und Dateien" };
        var bounces = new Command("bounces", "Liest zurückgekommene E-Mails und sperrt Adressen, an denen nichts ankommt") { folder, data };
        bounces.SetAction(async (p, ct) =>
        {
            var from = p.GetValue(folder)!;
            if (!Directory.Exists(from)) return await Shell.RefuseAsync($"Den Ordner „{from}“ gibt es nicht. Bitte prüfen Sie den Pfad.");
            return await Shell.RunAsSystemAsync(p.GetValue(data), Opening.Existing, async services =>
            {
                var read = await services.GetRequiredService<ReadBounces>().RunAsync(from, ct);
                Console.WriteLine($"Zurückgekommen: {read.Bounces}, davon nicht zustellbare Adressen: {read.BadAddresses}; andere Nachrichten: {read.Others}; nicht lesbar: {read.Unreadable}");
                return read.Unreadable == 0 ? 0 : 1;
            }, ct);
        });
        return new Command("mail", "E-Mails") { bounces };
    }
}
