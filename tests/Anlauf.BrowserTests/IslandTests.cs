using Microsoft.Playwright;

namespace Anlauf.BrowserTests;

/// <summary>What scripts add, and that nothing is missing without them.</summary>
[Collection("site")]
public sealed class IslandTests(Site site)
{
    private static async Task<IPage> SignedInAsync(IBrowserContext window)
    {
        var page = await window.NewPageAsync();
        await WholeWayTests.SignInAsync(page, "Landesgeschäftsführung");
        return page;
    }

    // the content security policy forbids what WaitForFunction does
    private static async Task UntilAsync(IPage page, string condition)
    {
        for (var i = 0; i < 50 && !await page.EvaluateAsync<bool>(condition); i++) await Task.Delay(100);
        (await page.EvaluateAsync<bool>(condition)).ShouldBeTrue(condition);
    }

    [SkippableTheory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(1024, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(320, ColorScheme.Light)]
    public async Task The_component_sheet_is_accessible_fits_and_breaks_no_policy(int width, ColorScheme colours)
    {
        await using var window = await site.OpenAsync(width, colours: colours);
        var page = await window.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") complaints.Add(message.Text); };
        await page.GotoAsync("/bausteine");
        complaints.ShouldBeEmpty();
        await Axe.BringAsync(page);
        (await Axe.RunAsync(page)).Select(v => v.Rule).ShouldBeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBe(0);
    }

    [SkippableFact]
    public async Task The_handles_of_a_districts_map_cover_nothing_of_it()
    {
        await using var window = await site.OpenAsync();
        var page = await SignedInAsync(window);
        await page.GotoAsync("/lage/kreise/14729");
        await page.Locator(".karte .griffe").WaitForAsync();
        (await page.EvaluateAsync<bool>("document.querySelector('.karte svg.land').getBoundingClientRect().bottom <= document.querySelector('.karte .griffe').getBoundingClientRect().top")).ShouldBeTrue();
    }

    [SkippableFact]
    public async Task A_printed_list_of_white_spots_has_all_rows_and_neither_ticks_nor_buttons()
    {
        await using var window = await site.OpenAsync();
        var page = await SignedInAsync(window);
        await page.GotoAsync("/lage/weisse-flecken?stand=fehlt&alle=1");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        (await page.Locator("tbody tr:visible").CountAsync()).ShouldBeGreaterThan(25);
        (await page.Locator(".sammel:visible, .form-check-input:visible, .btn:visible, select:visible").CountAsync()).ShouldBe(0);
        (await page.GetByText("Vorziehen", new() { Exact = true }).And(page.Locator(":visible")).CountAsync()).ShouldBe(0);
        (await page.GetByText("Zuweisen", new() { Exact = true }).And(page.Locator(":visible")).CountAsync()).ShouldBe(0);
    }

    [SkippableFact]
    public async Task The_map_is_saved_as_a_picture_with_its_source()
    {
        await using var window = await site.OpenAsync();
        var page = await SignedInAsync(window);
        var complaints = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") complaints.Add(message.Text); };
        await page.GotoAsync("/lage");
        var drawing = await (await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Karte als SVG" }).ClickAsync())).PathAsync();
        (await File.ReadAllTextAsync(drawing)).ShouldSatisfyAllConditions(svg => svg.ShouldContain("<svg"), svg => svg.ShouldContain("Statistisches Bundesamt"), svg => svg.ShouldContain("418 Gemeinden"));
        var picture = await File.ReadAllBytesAsync(await (await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Karte als PNG" }).ClickAsync())).PathAsync());
        picture[..8].ShouldBe([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)).ShouldBeGreaterThan(1000);
        picture.Length.ShouldBeGreaterThan(50_000); // an empty canvas packs to a few kilobytes
        complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_click_on_the_map_opens_the_municipality()
    {
        await using var window = await site.OpenAsync();
        var page = await SignedInAsync(window);
        await page.GotoAsync("/lage");
        var box = (await page.Locator("#g-14612000").BoundingBoxAsync())!;
        // as a hand does it: towards the place, over its neighbours, press, release
        await page.Mouse.MoveAsync(box.X - 40, box.Y - 10);
        await page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2, new() { Steps = 6 });
        await page.Mouse.DownAsync();
        await page.Mouse.UpAsync();
        await page.WaitForURLAsync("**/lage/gemeinden/14612000*");
    }

    [SkippableFact]
    public async Task Arrow_keys_step_through_the_map_and_enter_opens_the_municipality()
    {
        await using var window = await site.OpenAsync();
        var page = await SignedInAsync(window);
        await page.GotoAsync("/lage");
        await page.WaitForSelectorAsync(".griffe");
        await page.FocusAsync("svg.land");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        (await page.InnerTextAsync("figure.karte [role=status]")).ShouldContain(", ");
        var width = double.Parse((await page.GetAttributeAsync("svg.land", "viewBox"))!.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
        await page.Keyboard.PressAsync("+");
        double.Parse((await page.GetAttributeAsync("svg.land", "viewBox"))!.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThan(width);
        await page.Keyboard.PressAsync("Escape");
        (await page.Locator(".g.an").CountAsync()).ShouldBe(0);
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/lage/gemeinden/**");
    }

    [SkippableFact]
    public async Task Going_back_does_not_double_the_handles_of_the_map()
    {
        await using var window = await site.OpenAsync();
        var page = await SignedInAsync(window);
        await page.GotoAsync("/lage");
        await page.ClickAsync(".haupt a:has-text('Sitzungen')");
        await page.WaitForURLAsync("**/sitzungen**");
        await page.GoBackAsync();
        await page.WaitForSelectorAsync(".griffe");
        (await page.Locator(".griffe").CountAsync()).ShouldBe(1);
    }

    [SkippableFact]
    public async Task The_palette_finds_a_municipality_by_name()
    {
        await using var window = await site.OpenAsync();
        var page = await SignedInAsync(window);
        await page.Keyboard.PressAsync("Control+k");
        await page.WaitForSelectorAsync("dialog.palette[open]");
        await page.Keyboard.TypeAsync("Hainichen");
        await page.WaitForSelectorAsync("dialog [role=option]:has-text('Hainichen')");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/lage/gemeinden/14522230**");
    }

    [SkippableFact]
    public async Task A_refused_form_is_sent_once_answers_422_and_puts_the_focus_on_its_summary()
    {
        await using var window = await site.OpenAsync();
        var page = await window.NewPageAsync();
        var answers = new List<int>();
        page.Response += (_, response) => { if (response.Request.Method == "POST") answers.Add(response.Status); };
        await page.GotoAsync("/bausteine");
        await page.EvaluateAsync("() => { const b = document.querySelector('form[data-einmal] [type=submit]'); b.click(); b.click(); }");
        await page.WaitForSelectorAsync(".fehlerliste:focus");
        answers.ShouldBe([422]);
        (await page.TitleAsync()).ShouldStartWith("Fehler:");
        (await page.InnerTextAsync(".fehlerliste")).ShouldContain("Wählen Sie, wer zuständig ist");
    }

    [SkippableFact]
    public async Task Unsent_text_is_offered_again_on_the_same_device()
    {
        await using var window = await site.OpenAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync("/bausteine");
        await page.FillAsync("#f-due", "gestern");
        await UntilAsync(page, "localStorage.getItem('anlauf-entwurf:bausteine') !== null");
        await page.ReloadAsync();
        await page.ClickAsync("form[data-entwurf] button:has-text('Übernehmen')");
        (await page.InputValueAsync("#f-due")).ShouldBe("gestern");
    }

    [SkippableFact]
    public async Task Without_the_network_the_page_says_so_and_keeps_the_form()
    {
        await using var window = await site.OpenAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync("/bausteine");
        await window.SetOfflineAsync(true);
        await page.WaitForSelectorAsync("text=Keine Verbindung. Was Sie schreiben");
        await page.FillAsync("#f-due", "morgen");
        await page.ClickAsync("text=Auftrag anlegen");
        (await page.InputValueAsync("#f-due")).ShouldBe("morgen");
        await window.SetOfflineAsync(false);
        await UntilAsync(page, "!document.querySelector('.hinweis.netz')");
    }

    [SkippableFact]
    public async Task Without_script_a_refused_form_shows_the_same_errors_and_colours_are_chosen_by_link()
    {
        await using var window = await site.OpenAsync(script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/bausteine");
        await page.ClickAsync("text=Auftrag anlegen");
        (await page.InnerTextAsync(".fehlerliste")).ShouldContain("Wählen Sie, wer zuständig ist");
        await page.GotoAsync("/farben/dunkel?zurueck=/bausteine");
        (await page.GetAttributeAsync("html", "data-bs-theme")).ShouldBe("dark");
        await page.GotoAsync("/farben/system?zurueck=//example.org/");
        page.Url.ShouldStartWith(site.Address);
    }

    [SkippableFact]
    public async Task On_a_phone_the_bar_of_a_selection_stays_in_sight_says_how_many_and_lets_go_of_them()
    {
        await using var window = await site.OpenAsync(360);
        var page = await SignedInAsync(window);
        await page.GotoAsync("/menschen");
        var (bar, said, boxes) = (page.Locator(".sammel"), page.Locator("[data-gewaehlt]"), page.Locator("input[name=auswahl]"));
        (await said.InnerTextAsync()).ShouldBe("Noch niemand ausgewählt");
        await boxes.Nth(2).CheckAsync();
        await boxes.Nth(9).CheckAsync();
        (await said.InnerTextAsync()).ShouldBe("2 ausgewählt");
        // far down the list it still stands at the upper edge, and leaves most of the screen to the list
        await UntilAsync(page, "window.scrollY > 1200 && document.querySelector('.sammel').getBoundingClientRect().top === 0");
        (await bar.BoundingBoxAsync())!.Height.ShouldBeLessThan(170);
        await page.GetByRole(AriaRole.Button, new() { Name = "Auswahl aufheben" }).ClickAsync();
        (await page.Locator("input[name=auswahl]:checked").CountAsync()).ShouldBe(0);
        await UntilAsync(page, "document.querySelector('[data-gewaehlt]').textContent === 'Noch niemand ausgewählt'");
        await boxes.Nth(9).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Anrufliste zeigen" }).ClickAsync();
        await page.WaitForURLAsync("**/menschen/anrufliste**");
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("Ein Mensch steht auf dieser Anrufliste");
    }
}
