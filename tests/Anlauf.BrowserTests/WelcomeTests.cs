using System.Diagnostics;
using Anlauf.Testing;
using Microsoft.Playwright;

namespace Anlauf.BrowserTests;

/// <summary>Ankommen as a volunteer does it in the evening, on a phone of 360 px: few touches, and nothing lost without network.</summary>
[Collection("site")]
public sealed class WelcomeTests(Site site)
{
    private const int Phone = 360;

    private static async Task FitsAsync(IPage page) =>
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).ShouldBeTrue($"{page.Url} is wider than the phone");

    private static Task<string> HeadAsync(IPage page) => page.Locator("h1").InnerTextAsync();

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_next_new_member_is_called_and_noted_in_three_touches(bool script)
    {
        await using var window = await site.OpenAsync(Phone, script);
        var page = await window.NewPageAsync();
        await WholeWayTests.SignInAsync(page, "Mitgliederbetreuung");
        await page.GotoAsync("/menschen/ankommen");
        (await HeadAsync(page)).ShouldContain("neue Mitglieder kommen gerade an");
        await FitsAsync(page);
        // 1
        await page.GetByRole(AriaRole.Link, new() { Name = "Nächsten Anruf führen" }).ClickAsync();
        await page.WaitForURLAsync("**/menschen/anrufe/*");
        await FitsAsync(page);
        var who = await page.Locator("h1 b").First.InnerTextAsync();
        // 2: the phone dials; a browser in a test has none
        var call = page.GetByRole(AriaRole.Link, new() { Name = "anrufen" }).First;
        (await call.GetAttributeAsync("href"))!.ShouldStartWith("tel:0171");
        (await call.BoundingBoxAsync())!.Height.ShouldBeGreaterThanOrEqualTo(24);
        // 3
        await page.GetByRole(AriaRole.Button, new() { Name = "Nicht erreicht" }).First.ClickAsync();
        await page.WaitForURLAsync("**/menschen/anrufe");
        (await site.AskAsync<string>("select p.given_name || ' ' || p.family_name from welcome.call c join organisation.person p on p.id = c.person_id order by c.number desc limit 1")).ShouldBe([who]);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_Heute_three_touches_call_and_note_the_page_confirms_and_takes_it_back(bool script)
    {
        await using var window = await site.OpenAsync(Phone, script);
        var page = await window.NewPageAsync();
        await WholeWayTests.SignInAsync(page, "Mitgliederbetreuung");
        await page.GotoAsync("/heute");
        await FitsAsync(page);
        // who waits longest: no touch to read it, one to be there
        (await HeadAsync(page)).ShouldMatch("^Guten (Morgen|Tag|Abend), Greta Anschluss\\. .*warten auf den ersten Kontakt.*Am längsten wartet \\w+ \\w+, (überfällig )?seit");
        var first = page.Locator("section.vorrang");
        // 1: the phone dials
        (await first.GetByRole(AriaRole.Link, new() { Name = "Anrufen" }).GetAttributeAsync("href"))!.ShouldStartWith("tel:0171");
        // 2
        await first.GetByRole(AriaRole.Link, new() { Name = "Notieren" }).ClickAsync();
        await page.WaitForURLAsync("**/menschen/anrufe/*");
        var who = await page.Locator("h1 b").First.InnerTextAsync();
        var calls = await page.Locator("ol.strahl li").CountAsync();
        // 3
        await page.GetByRole(AriaRole.Button, new() { Name = "Nicht erreicht" }).First.ClickAsync();
        await page.WaitForURLAsync("**/menschen/anrufe");
        var said = page.Locator(".meldung[role=status]");
        (await said.InnerTextAsync()).ShouldContain($"Notiert: {who}, nicht erreicht, Wiedervorlage am ");
        await FitsAsync(page);
        await said.GetByRole(AriaRole.Button, new() { Name = "Rückgängig" }).ClickAsync();
        await page.WaitForURLAsync("**/menschen/anrufe/*");
        (await page.Locator(".meldung[role=status]").InnerTextAsync()).ShouldContain("Zurückgenommen");
        (await page.Locator("h1 b").First.InnerTextAsync()).ShouldBe(who);
        (await page.Locator("ol.strahl li").CountAsync()).ShouldBe(calls);
    }

    [SkippableFact]
    public async Task A_note_of_the_list_is_taken_back_where_it_stands_with_and_without_network()
    {
        await using var window = await site.OpenAsync(Phone);
        var page = await window.NewPageAsync();
        await WholeWayTests.SignInAsync(page, "Mitgliederbetreuung");
        await page.GotoAsync("/menschen/anrufe");
        var form = page.Locator("form[data-anrufnotiz]").Nth(2);
        async Task<Guid> NoteAsync()
        {
            var id = Guid.Parse((await form.Locator("input[name='Input.Id']").GetAttributeAsync("value"))!);
            await form.GetByRole(AriaRole.Button, new() { Name = "Nicht erreicht" }).First.ClickAsync();
            return id;
        }
        Task<IReadOnlyList<string>> KeptAsync(Guid id) => site.AskAsync<string>("select outcome from welcome.call where id = @id", new { id });
        await form.Locator("xpath=ancestor::details[1]/summary").ClickAsync();
        // without network it never leaves the device
        await window.SetOfflineAsync(true);
        var unsent = await NoteAsync();
        await form.GetByRole(AriaRole.Button, new() { Name = "Rückgängig" }).ClickAsync();
        await form.GetByText("Zurückgenommen.").WaitForAsync();
        await window.SetOfflineAsync(false);
        // with network it is taken back at the server, which said when the person comes again
        var sent = await NoteAsync();
        sent.ShouldNotBe(unsent);
        await form.GetByText("nicht erreicht, Wiedervorlage am ").WaitForAsync();
        (await KeptAsync(sent)).ShouldBe(["missed"]);
        await form.GetByRole(AriaRole.Button, new() { Name = "Rückgängig" }).ClickAsync();
        await form.GetByText("Zurückgenommen.").First.WaitForAsync();
        (await form.GetByRole(AriaRole.Button, new() { Name = "Nicht erreicht" }).First.IsEnabledAsync()).ShouldBeTrue();
        (await KeptAsync(sent)).ShouldBe(["undone"]);
        (await KeptAsync(unsent)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Five_tasks_without_training_on_a_phone()
    {
        await using var window = await site.OpenAsync(Phone);
        var page = await window.NewPageAsync();
        await WholeWayTests.SignInAsync(page, "Ortsvorsitz");
        // 1 what is first today: one look
        await page.GotoAsync("/heute");
        var first = page.Locator("section.vorrang a").First;
        (await first.InnerTextAsync()).ShouldMatch("^(Anrufen|Wartezeit endet): "); // whichever the other tests have left
        await FitsAsync(page);
        // 2 call whom it names: two touches
        await first.ClickAsync();
        await page.WaitForURLAsync("**/menschen/anrufe/*");
        (await page.Locator("a[href^='tel:']").CountAsync()).ShouldBe(1);
        // 3 what is owed before the membership is effective: one touch
        await page.GetByRole(AriaRole.Button, new() { Name = "Abhaken" }).First.ClickAsync();
        await page.GetByText("Abgehakt").WaitForAsync();
        // 4 invite: the offers stand there, the outcome is one touch
        (await page.GetByText("Zum Einladen").CountAsync()).ShouldBeGreaterThan(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Zum Treffen eingeladen" }).First.ClickAsync();
        await page.WaitForURLAsync("**/menschen/anrufe");
        // 5 who is waiting longest: it stands in the sentence of the list, or that nobody does
        await FitsAsync(page);
        (await HeadAsync(page)).ShouldMatch("wartet|Niemand|späterer? Schritt");
    }

    [SkippableFact]
    public async Task Twenty_notes_without_network_and_a_killed_browser_arrive_once_and_in_order()
    {
        var profile = Path.Combine(TestFolder.Of("phone"), Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(profile);
        try
        {
            var noted = new List<Guid>();
            var window = await site.OpenProfileAsync(profile);
            var page = window.Pages[0];
            await WholeWayTests.SignInAsync(page, "Mitgliederbetreuung");
            await page.GotoAsync("/menschen/anrufe");
            await window.SetOfflineAsync(true);
            var forms = page.Locator("form[data-anrufnotiz]");
            for (var i = 0; i < 20; i++)
            {
                var form = forms.Nth(i);
                noted.Add(Guid.Parse((await form.Locator("input[name='Input.Id']").GetAttributeAsync("value"))!));
                await form.Locator("xpath=ancestor::details[1]/summary").ClickAsync();
                await form.GetByRole(AriaRole.Button, new() { Name = "Nicht erreicht" }).First.ClickAsync();
                await form.GetByText("Notiert: Nicht erreicht.").WaitForAsync();
            }
            await page.Locator(".notizen-warten").GetByText("20 Notizen liegen noch auf diesem Gerät").WaitForAsync();
            (await site.AskAsync<Guid>("select id from welcome.call where id = any (@noted)", new { noted = noted.ToArray() })).ShouldBeEmpty();
            Kill(profile);
            try { await window.CloseAsync(); } catch (PlaywrightException) { /* it is gone */ }

            await using var again = await site.OpenProfileAsync(profile);
            var later = again.Pages[0];
            await later.GotoAsync("/heute");
            if (later.Url.Contains("/anmelden", StringComparison.Ordinal)) await WholeWayTests.SignInAsync(later, "Mitgliederbetreuung");
            var until = Stopwatch.StartNew();
            IReadOnlyList<Guid> kept = [];
            while (kept.Count < 20 && until.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(500);
                kept = await site.AskAsync<Guid>("select id from welcome.call where id = any (@noted) order by number", new { noted = noted.ToArray() });
            }
            kept.ShouldBe(noted);
            // a page later there is nothing left on the device, and nothing comes twice
            await later.GotoAsync("/menschen/anrufe");
            await later.Locator(".notizen-warten").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            (await later.EvaluateAsync<int>("new Promise(done => { const asked = indexedDB.open('anlauf-anrufe', 1); asked.onsuccess = () => { const all = asked.result.transaction('notizen').objectStore('notizen').count(); all.onsuccess = () => done(all.result); }; })")).ShouldBe(0);
            (await site.AskAsync<long>("select count(*) from welcome.call where id = any (@noted)", new { noted = noted.ToArray() })).ShouldBe([20L]);
        }
        finally { Directory.Delete(profile, recursive: true); }
    }

    // the browser of this profile and its helpers, and no other: their command line names the folder
    private static void Kill(string profile)
    {
        foreach (var process in Process.GetProcesses())
        {
            try
            {
                var line = File.ReadAllText($"/proc/{process.Id}/cmdline");
                if (line.Contains("--user-data-dir=" + profile, StringComparison.Ordinal)) process.Kill();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException) { /* ended by itself */ }
        }
    }
}
