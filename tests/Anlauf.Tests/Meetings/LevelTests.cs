using Anlauf.Intake.Documents;
using Anlauf.Platform;
using Anlauf.Platform.Documents.Papers;
using Anlauf.Rooms.Meetings;
using Anlauf.Rooms.Meetings.Minutes;
using Anlauf.Tests.Offers;

namespace Anlauf.Tests.Meetings;

/// <summary>E11: what is marked internal stands in no extract for members, in no list and in no search.</summary>
public sealed class LevelTests(OpenHouse open) : IClassFixture<OpenHouse>
{
    private AssociationDatabase House => open.House;

    private static string Plain(byte[] file, string name) => string.Join(' ', DocumentReader.Read(name, file).Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<(int Id, int Inner, int Open)> MeetingAsync(string slug)
    {
        var meeting = await House.AskAsync<int>("insert into meetings.meeting (division_id, title, held_on, slug) select id, 'Sitzung des Landesvorstands', current_date - 3, @slug from organisation.division where slug = 'sachsen' returning id", new { slug });
        var items = new List<int>();
        foreach (var (n, title) in new[] { (1, "Personalgespräch Zinnober"), (2, "Terminplan Smaragd") })
            items.Add(await House.AskAsync<int>("insert into meetings.agenda_item (meeting_id, division_id, position, number, title) select id, division_id, @n, @n::text, @title from meetings.meeting where id = @meeting returning id", new { meeting, n, title }));
        foreach (var (item, title) in new[] { (items[0], "Abmahnung Zinnober"), (items[1], "Terminplan Smaragd") })
        {
            var resolution = await House.AskAsync<int>("insert into meetings.resolution (division_id, meeting_id, agenda_item_id, number, title, slug, wording, result, decided_on, due, responsible) select division_id, meeting_id, id, 'E11-' || @slug || number, @title, 'e11-' || @slug || number, @title, 'adopted', current_date, current_date + 9, 'LGF' from meetings.agenda_item where id = @item returning id", new { item, title, slug });
            await House.TellAsync("insert into meetings.task (division_id, meeting_id, resolution_id, agenda_item_id, kind, text) select division_id, meeting_id, id, agenda_item_id, 'task', 'Auftrag zu ' || title from meetings.resolution where id = @resolution", new { resolution });
            await House.TellAsync("insert into meetings.follow_up (division_id, meeting_id, resolution_id, text, due) select division_id, meeting_id, id, 'Wieder: ' || title, current_date + 5 from meetings.resolution where id = @resolution", new { resolution });
        }
        return (meeting, items[0], items[1]);
    }

    [Fact]
    public async Task An_extract_for_members_contains_nothing_that_is_marked_internal_on_the_page_in_the_file_and_in_the_search()
    {
        var (meeting, inner, known) = await MeetingAsync("e11");
        foreach (var (text, item, level) in new[] { ("Kritik an Zinnober, über drei Ecken", (int?)known, "internal"), ("Zum Punkt Zinnober offen gesagt", inner, "public"), ("Dank an alle Smaragd", known, "members"), ("Pressetext Smaragd", known, "public"), ("Flurgespräch Zinnober", null, "internal") })
            (await House.UseAsync<SetLevel, Outcome<int>>(House.MinuteTaker, s => s.WriteAsync(meeting, new() { Text = text, AgendaItemId = item, Level = level }))).Done.ShouldBeTrue();
        await open.AccountAsync("protokoll11", House.MinuteTaker);
        await open.AccountAsync("mitglied11", House.LocalMember);
        using var taker = await open.SignInAsync("protokoll11");
        using var member = await open.SignInAsync("mitglied11");
        // one click in the minutes
        (await taker.SendAsync("/sitzungen/e11", $"level-{inner}", ("level", "internal"))).Headers.Location.ShouldNotBeNull();
        (await House.AskAsync<string>("select level from meetings.agenda_item where id = @inner", new { inner })).ShouldBe("internal");
        foreach (var visitor in new[] { taker, member })
        {
            foreach (var format in new[] { "pdf", "docx" })
            {
                var text = Plain(await (await visitor.OpenAsync($"/sitzungen/e11/auszug.{format}")).Content.ReadAsByteArrayAsync(), $"a.{format}");
                text.ShouldNotContain("Zinnober");
                foreach (var part in new[] { "Terminplan Smaragd", "Dank an alle Smaragd", "Pressetext Smaragd", "Auftrag zu Terminplan Smaragd", "mitgliederöffentlich" }) text.ShouldContain(part);
            }
            (await visitor.ReadAsync("/sitzungen/e11/auszug")).ShouldSatisfyAllConditions(p => p.ShouldNotContain("Zinnober"), p => p.ShouldContain("Dank an alle Smaragd"));
            // only what is marked public goes to the public
            var everybody = Plain(await (await visitor.OpenAsync("/sitzungen/e11/auszug.pdf?fassung=oeffentlich")).Content.ReadAsByteArrayAsync(), "a.pdf");
            everybody.ShouldNotContain("Smaragd");
        }
        // a member finds it nowhere else either
        foreach (var page in new[] { "/sitzungen/beschluesse", "/sitzungen/beschluesse?q=Zinnober", "/sitzungen/wiedervorlage", "/sitzungen/kontrolle", "/suche?q=Abmahnung", "/sitzungen/beschluesse/e11-e112" })
            (await member.ReadAsync(page)).Replace("q=Zinnober", "", StringComparison.Ordinal).Replace("value=\"Zinnober\"", "", StringComparison.Ordinal).ShouldNotMatch("Abmahnung Zinnober|Auftrag zu Abmahnung|Wieder: Abmahnung");
        (await member.WhereAsync("/sitzungen/beschluesse/e11-e111")).ShouldBe("404");
        (await House.ListAsync<string>("select text from meetings.note order by id", person: House.LocalMember)).ShouldBe(["Dank an alle Smaragd", "Pressetext Smaragd"]);
        // and it is not blind: who reads meetings reads all of it
        (await taker.ReadAsync("/sitzungen/e11")).ShouldContain("Kritik an Zinnober");
        (await taker.ReadAsync("/suche?q=Abmahnung")).ShouldContain("Abmahnung Zinnober");
        Plain(await (await taker.OpenAsync("/sitzungen/e11/niederschrift.pdf")).Content.ReadAsByteArrayAsync(), "n.pdf").ShouldContain("Flurgespräch Zinnober (intern)");
        (await member.OpenAsync("/sitzungen/e11/niederschrift.pdf")).IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_is_given_a_task_of_an_internal_item_sees_it()
    {
        var (meeting, inner, _) = await MeetingAsync("e11c");
        await House.UseAsync<SetLevel, Outcome<bool>>(House.MinuteTaker, s => s.OfItemAsync(meeting, inner, "internal"));
        var entrusted = await House.MemberAsync("kreis-14522", "Betraut");
        const string seen = "select count(*) from meetings.task where agenda_item_id = @inner";
        (await House.AskAsync<long>(seen, new { inner }, entrusted)).ShouldBe(0);
        await House.TellAsync("update meetings.task set person_id = @entrusted where agenda_item_id = @inner", new { entrusted, inner });
        (await House.AskAsync<long>(seen, new { inner }, entrusted)).ShouldBe(1);
        (await House.AskAsync<long>("select count(*) from meetings.resolution where agenda_item_id = @inner", new { inner }, entrusted)).ShouldBe(0);
    }

    [Fact]
    public async Task Only_the_division_itself_says_who_may_read_and_the_public_version_has_no_names()
    {
        var (meeting, _, known) = await MeetingAsync("e11b");
        await House.TellAsync("insert into meetings.attendance (meeting_id, division_id, name, status) select id, division_id, 'Xaver Anwesend', 'present' from meetings.meeting where id = @meeting", new { meeting });
        (await House.UseAsync<SetLevel, Outcome<bool>>(House.DistrictChair, s => s.OfItemAsync(meeting, known, "public"))).Done.ShouldBeFalse();
        (await House.UseAsync<SetLevel, Outcome<bool>>(House.MinuteTaker, s => s.OfItemAsync(meeting, known, "geheim"))).Done.ShouldBeFalse();
        (await House.UseAsync<SetLevel, Outcome<bool>>(House.MinuteTaker, s => s.OfItemAsync(meeting, known, "public"))).Done.ShouldBeTrue();
        var paper = await House.UseAsync<MeetingRegister, Paper>(House.MinuteTaker, async r => MinutesExtract.Of((await r.FindAsync("e11b", default))!, await MinutesCopy.PartsAsync(r, meeting, default), "public", "Horizont", null, ""));
        var text = Plain(PdfPaper.Write(paper), "p.pdf");
        text.ShouldContain("Terminplan Smaragd");
        text.ShouldNotContain("Xaver Anwesend");
        text.ShouldNotContain("Personalgespräch");
    }
}
