using System.Text;
using Microsoft.Playwright;

namespace Anlauf.BrowserTests;

[Collection("site")]
public sealed class WholeWayTests(Site site)
{
    private const string Minutes = """
        # Horizont Sachsen – Landesvorstand

        ## Niederschrift der Sitzung am 20. November 2026

        Ort: Bürgerhaus, Döbeln

        Anwesend: Alma Beispiel, Bruno Muster, Carla Vorlage, Edda Exempel
        Entschuldigt: Edda Exempel, Ingo Entwurf

        Protokoll: Lena Leerzeile

        Tagesordnung:

        TOP 1 Mehr Anlaufstellen

        TOP 1 Mehr Anlaufstellen

        Beschluss: In jedem Flächenlandkreis werden bis zum 30. September 2028 mindestens drei Anlaufstellen eingerichtet.

        Abstimmung: 5 Ja, 1 Nein, 1 Enthaltung
        """;

    internal static async Task SignInAsync(IPage page, string role)
    {
        await page.GotoAsync("/anmelden");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Als {role}", Exact = false }).First.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/anmelden", StringComparison.Ordinal));
    }

    private static FilePayload File(string mark) => new() { Name = $"niederschrift-{mark}.md", MimeType = "text/markdown", Buffer = Encoding.UTF8.GetBytes(Minutes.Replace("20. November", mark == "weg" ? "20. November" : "19. November", StringComparison.Ordinal) + "\n\n" + mark) };

    [SkippableFact]
    public async Task From_the_upload_of_minutes_to_the_gap_on_the_map()
    {
        await using var window = await site.OpenAsync();
        var foreign = new List<string>();
        window.Request += (_, request) => { if (!request.Url.StartsWith(site.Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) foreign.Add(request.Url); };
        var page = await window.NewPageAsync();
        await SignInAsync(page, "Protokollführung");

        await page.GotoAsync("/sitzungen/eingang");
        await page.GetByLabel("Datei", new() { Exact = true }).SetInputFilesAsync(File("weg"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Dokument einlesen" }).ClickAsync();
        await page.WaitForURLAsync("**/sitzungen/eingang/*");
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("passt nicht zusammen");
        (await page.Locator(".fundkarte").First.InnerTextAsync()).ShouldContain("Edda Exempel");
        (await page.Locator(".vorschlag").Filter(new() { HasText = "Beschluss · Fund" }).First.InnerTextAsync()).ShouldContain("mindestens drei Anlaufstellen");
        (await page.Locator(".blatt mark.fund").AllInnerTextsAsync()).ShouldContain(text => text.Contains("mindestens drei Anlaufstellen"));

        await page.GetByLabel("war anwesend").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Bestätigtes übernehmen" }).ClickAsync();
        await page.WaitForURLAsync("**/sitzungen/beschluesse/*");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Mit 5 Ja-Stimmen, einer Nein-Stimme und einer Enthaltung beschlossen");

        await page.GetByRole(AriaRole.Link, new() { Name = "Ziel anlegen" }).ClickAsync();
        await page.WaitForURLAsync("**/lage/ziele/neu*");
        (await page.GetByLabel("Zielwert je Gebiet").InputValueAsync()).ShouldBe("3");
        (await page.GetByLabel("Welche Gebiete").InputValueAsync()).ShouldBe("rural-districts");
        await page.GetByLabel("Name des Ziels").FillAsync("Drei Anlaufstellen je Landkreis");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ziel anlegen" }).ClickAsync();
        await page.WaitForURLAsync("**/lage?ziel=*");
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("10 Landkreise");
        (await page.Locator("svg.land path.g").CountAsync()).ShouldBe(418);
        (await page.Locator("svg.land path.g.fehlt").CountAsync()).ShouldBeGreaterThan(0);
        foreign.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task The_way_works_without_script_too()
    {
        await using var window = await site.OpenAsync(360, script: false);
        var page = await window.NewPageAsync();
        await SignInAsync(page, "Protokollführung");
        await page.GotoAsync("/sitzungen/eingang");
        await page.GetByLabel("Datei", new() { Exact = true }).SetInputFilesAsync(File("ohne Skript"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Dokument einlesen" }).ClickAsync();
        await page.WaitForURLAsync("**/sitzungen/eingang/*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bestätigtes übernehmen" }).ClickAsync();
        (await page.Locator("[role=status]").First.InnerTextAsync()).ShouldContain("Übernommen");
    }

    [SkippableFact]
    public async Task A_white_spot_gets_somebody_who_looks_after_it()
    {
        await using var window = await site.OpenAsync();
        var page = await window.NewPageAsync();
        await SignInAsync(page, "Landesgeschäftsführung");
        await page.GotoAsync("/lage/weisse-flecken?stand=fehlt");
        var name = await page.Locator("tbody tr th a").First.InnerTextAsync();
        await page.GetByLabel($"{name} auswählen").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Zuweisen", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/lage/auftraege/neu*");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe(name.Trim() + " zuweisen");
        await page.GetByRole(AriaRole.Button, new() { Name = "Zuweisen", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/lage/weisse-flecken*");
        (await page.Locator("[role=status]").First.InnerTextAsync()).ShouldContain(name.Trim() + " liegt jetzt bei");
        (await page.Locator("tbody tr th").AllInnerTextsAsync()).ShouldNotContain(row => row.StartsWith(name.Trim() + "\n"));
    }

    [SkippableFact]
    public async Task A_file_that_is_no_document_is_refused_in_words()
    {
        await using var window = await site.OpenAsync();
        var page = await window.NewPageAsync();
        await SignInAsync(page, "Protokollführung");
        await page.GotoAsync("/sitzungen/eingang");
        await page.GetByLabel("Datei", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "kaputt.docx", MimeType = "application/octet-stream", Buffer = [0x50, 0x4B, 0x03, 0x04, 1, 2, 3] });
        await page.GetByRole(AriaRole.Button, new() { Name = "Dokument einlesen" }).ClickAsync();
        (await page.Locator(".fehlerliste").InnerTextAsync()).ShouldContain("kaputt.docx");
    }

    [SkippableFact]
    public async Task Signing_in_works_by_keyboard_alone()
    {
        await using var window = await site.OpenAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync("/anmelden");
        await page.GetByLabel("Benutzername").FocusAsync();
        await page.Keyboard.TypeAsync("kreis");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("anlauf-demo-2026");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains("/anmelden", StringComparison.Ordinal));
        (await page.Locator(".konto").InnerTextAsync()).ShouldContain("Kreisvorsitz");
    }

    [SkippableFact]
    public async Task A_device_is_set_up_and_signs_in_without_a_password()
    {
        await using var window = await site.OpenAsync();
        var page = await window.NewPageAsync();
        var tools = await window.NewCDPSessionAsync(page);
        await tools.SendAsync("WebAuthn.enable");
        await tools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
        await SignInAsync(page, "Ortsvorsitz");
        await page.GotoAsync("/konto/zweiter-faktor");
        await page.GetByLabel("Name des Geräts").FillAsync("Testgerät");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dieses Gerät einrichten" }).ClickAsync();
        await page.WaitForURLAsync("**/konto?erledigt=geraet");
        await page.GetByRole(AriaRole.Button, new() { Name = "Abmelden" }).ClickAsync();
        await page.WaitForURLAsync("**/anmelden*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mit diesem Gerät anmelden" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/anmelden", StringComparison.Ordinal));
        (await page.Locator(".konto").InnerTextAsync()).ShouldContain("Ortsvorsitz");
        // the device also answers when an export or a change of rights asks who sits there
        await page.GotoAsync("/konto/bestaetigen?weiter=/konto/kennwort");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mit diesem Gerät bestätigen" }).ClickAsync();
        // the address of the question names the page too: wait for the page itself, or the answer with the new number of the session is cut off
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/konto/kennwort");
        // and opens nothing any more once it is removed
        await page.GotoAsync("/konto");
        await page.GetByRole(AriaRole.Button, new() { Name = "Gerät entfernen: Testgerät" }).ClickAsync();
        await page.WaitForURLAsync("**/konto?erledigt=geraet-weg");
        await page.GetByRole(AriaRole.Button, new() { Name = "Abmelden" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mit diesem Gerät anmelden" }).ClickAsync();
        await page.WaitForURLAsync("**/anmelden?geraet=unbekannt");
        (await page.GetByRole(AriaRole.Alert).First.InnerTextAsync()).ShouldContain("Dieses Gerät kennen wir nicht");
    }
}
