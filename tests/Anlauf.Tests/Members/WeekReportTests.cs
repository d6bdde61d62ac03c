using System.Text;
using Anlauf.Platform;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Members.Reconciliation;

namespace Anlauf.Tests.Members;

/// <summary>The week of reconciliation: numbers on the page and in the letter, names in neither.</summary>
public sealed class WeekReportTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private Task<WeekReport.Week?> WeekAsync(int? person, int division) => house.UseAsync<WeekReport, WeekReport.Week?>(person, r => r.OfAsync(division));

    private async Task<int> ReadInAsync(string division, params string[] lines)
    {
        var place = await house.DivisionAsync(division);
        var id = (await house.UseAsync<ImportDesk, Outcome<int>>(house.StateManager, d => d.UploadAsync(place, "woche.csv", Encoding.UTF8.GetBytes(string.Join('\n', lines)), true))).Value;
        (await house.UseAsync<ImportRun, Outcome<int>>(house.StateManager, r => r.TakeAsync(id))).Refusal.ShouldBeNull();
        return id;
    }

    [Fact]
    public async Task What_came_what_is_missing_and_what_waits_is_counted_and_written_without_a_name()
    {
        const string Head = "Mitgliedsnummer;Vorname;Nachname;PLZ;Ort;Telefon";
        var (district, neighbour) = (await house.DivisionAsync("kreis-14522"), await house.DivisionAsync("kreis-14521"));
        (await WeekAsync(house.DistrictChair, district))!.ShouldSatisfyAllConditions(w => w.LastOn.ShouldBeNull(), w => w.Files.ShouldBe(0));
        // nobody is written to where no file ever came
        await house.TellAsync("insert into access.role_right values ('district-chair', 'membership', 'export', 'P2', 'subtree') on conflict do nothing");
        await house.TellAsync("update organisation.person set email = 'kreis@verband.example' where id = @DistrictChair", new { house.DistrictChair });
        (await house.UseAsync<WeekReport, int>(null, r => r.WriteAsync())).ShouldBe(0);

        await ReadInAsync("kreis-14522", Head, "W-1;Wanda;Wochenprobe;09661;Hainichen;037207 1", "W-2;Willi;Wochenprobe;09661;Hainichen;037207 2", "W-3;Wera;Wochenprobe;9661;Hainichen;037207 3");
        await ReadInAsync("kreis-14522", Head, "W-1;Wanda;Wochenprobe;09661;Hainichen;037207 17");
        var waiting = await house.UseAsync<ImportDesk, Outcome<int>>(house.StateManager, d => d.UploadAsync(district, "neu.csv", Encoding.UTF8.GetBytes(Head + "\nW-9;Warte;Wochenprobe;09661;Hainichen;037207 9"), true));
        await house.TellAsync("insert into members.duplicate_pair (a_id, b_id, score, reasons) select min(id), max(id), 1, '{Name}' from organisation.person where family_name = 'Wochenprobe'");
        var week = (await WeekAsync(house.DistrictChair, district))!;
        week.ShouldBe(new(2, 1, 2, 1, 0, 1, 1, DateOnly.FromDateTime(DateTime.Today)));
        (await WeekAsync(house.DistrictChair, neighbour)).ShouldBeNull();
        week.Overdue(DateOnly.FromDateTime(DateTime.Today), 14).ShouldBeNull();

        await house.TellAsync("update members.people_import set taken_at = taken_at - interval '17 days' where division_id = @district and state = 'done'", new { district });
        week = (await WeekAsync(house.DistrictChair, district))!;
        (week.NewPersons, week.Files, week.Missing, week.Overdue(DateOnly.FromDateTime(DateTime.Today), 14)).ShouldBe((0, 0, 1, 3));
        (await house.UseAsync<WeekReport, int>(null, r => r.WriteAsync())).ShouldBe(1);
        var (id, body) = await house.UseAsync<Anlauf.Platform.Database.Db, (Guid, byte[])>(null, async db => (await db.QueryAsync<(Guid, byte[])>("select o.id, o.body from mail.outbox o order by o.made_at desc limit 1"))[0]);
        var text = await house.UseAsync<FieldCipher, string?>(null, c => Task.FromResult(c.Decrypt(body, "mail.outbox.body", id.ToString())));
        text.ShouldNotBeNull();
        text.ShouldContain("In den letzten sieben Tagen kam keine Datei.");
        text.ShouldContain("Mögliche Doppelungen, offen: 1");
        text.ShouldContain("sie ist seit 3 Tagen überfällig");
        text.ShouldNotContain("Wochenprobe");
        await house.UseAsync<ImportDesk, int>(house.StateManager, d => d.DropAsync(waiting.Value));
        (await WeekAsync(house.StateManager, district))!.Undecided.ShouldBe(0);
    }

    [Fact]
    public async Task A_number_borne_elsewhere_is_read_in_like_any_other_and_only_those_above_both_see_the_clash()
    {
        const string Head = "Mitgliedsnummer;Vorname;Nachname;Telefon";
        var (state, north, south) = (await house.DivisionAsync("sachsen"), await house.DivisionAsync("kreis-14523"), await house.DivisionAsync("kreis-14524"));
        var chair = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) values (@south, 'Nachbar', 'Vorsitz') returning id", new { south });
        var office = await house.AskAsync<int>("insert into organisation.office (division_id, name, role_id) values (@south, 'Vorsitz', 'district-chair') returning id", new { south });
        await house.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @chair, current_date - 1)", new { office, chair });
        await ReadInAsync("kreis-14523", Head, "K-77;Nele;Nordnummer;037207 1");

        // a number that a neighbour's member bears and one that nobody bears: the same answer to everything the district can ask
        async Task<(int New, int Doubtful, int Problems, Outcome<int> Taken, string? Said)> OfferAsync(string number)
        {
            var id = (await house.UseAsync<ImportDesk, Outcome<int>>(chair, d => d.UploadAsync(south, "sued.csv", Encoding.UTF8.GetBytes($"{Head}\n{number};Sven;Südnummer{number[0]};037207 2"), true))).Value;
            var preview = (await house.UseAsync<ImportDesk, Reconcile.Preview?>(chair, d => d.PreviewAsync(id)))!;
            var taken = await house.UseAsync<ImportRun, Outcome<int>>(chair, r => r.TakeAsync(id));
            return (preview.New.Count, preview.Doubtful.Count, preview.Problems.Count, taken, (await house.UseAsync<ImportDesk, ImportDesk.Row?>(chair, d => d.FindAsync(id)))!.Summary);
        }
        var (free, borne) = (await OfferAsync("L-1"), await OfferAsync("K-77"));
        borne.Taken.Value.ShouldBe(1);
        (borne.New, borne.Doubtful, borne.Problems, borne.Taken.Value, borne.Taken.Refusal?.Message).ShouldBe((free.New, free.Doubtful, free.Problems, free.Taken.Value, free.Taken.Refusal?.Message));
        borne.Said!.Split(',')[0].ShouldBe("1 neu");

        Task<IReadOnlyList<WeekReport.Clash>> ClashesAsync(int? person, int division) => house.UseAsync<WeekReport, IReadOnlyList<WeekReport.Clash>>(person, r => r.ClashesAsync(division));
        (await ClashesAsync(chair, south)).ShouldBeEmpty();
        (await ClashesAsync(chair, state)).ShouldBeEmpty();
        (await ClashesAsync(house.StateManager, north)).ShouldBeEmpty("the other bears it elsewhere");
        (await ClashesAsync(house.StateManager, state)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(c => c.Number.ShouldBe("K-77"), c => c.First.ShouldBe("Nele Nordnummer"), c => c.Second.ShouldBe("Sven SüdnummerK"));
        (await WeekAsync(house.StateManager, state))!.Clashes.ShouldBe(1);
        (await WeekAsync(chair, south))!.Clashes.ShouldBe(0);
        await house.TellAsync("update members.party_membership set member_number = 'K-78' where member_number = 'K-77' and division_id = @south", new { south });
        (await WeekAsync(house.StateManager, state))!.Clashes.ShouldBe(0);
    }
}
