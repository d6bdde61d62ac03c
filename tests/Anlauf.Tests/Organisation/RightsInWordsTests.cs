using System.Runtime.CompilerServices;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Organisation.RightsInWords;

namespace Anlauf.Tests.Organisation;

/// <summary>What is said about rights is what the database decides by.</summary>
public sealed class RightsInWordsTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private Task<IReadOnlyList<RightsRegister.Path>> PathsAsync(int person, int? by) => house.UseAsync<RightsRegister, IReadOnlyList<RightsRegister.Path>>(by, r => r.WhoSeesAsync(person));

    [Fact]
    public async Task The_file_on_rights_says_what_the_rows_say()
    {
        var file = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "docs", "rechte.md"));
        var written = (await File.ReadAllTextAsync(file)).Replace("\r\n", "\n", StringComparison.Ordinal);
        var book = await house.UseAsync<RightsRegister, RightsBook>(null, r => r.BookAsync());
        book.Markdown().ShouldBe(written, "rights have changed: anlauf rights --markdown --data NEW > docs/rechte.md");
        written.ShouldContain("| Personen | eigener Verband und alle darunter | eigener Verband und alle darunter | – | – | die Menschen des Verbands erreichen und einladen |");
    }

    [Fact]
    public async Task Every_right_is_about_something_that_has_a_name_and_a_purpose()
    {
        (await house.ListAsync<string>("select id from access.feature where purpose = '' or name = ''")).ShouldBeEmpty();
        (await house.ListAsync<string>("select id from access.role where description = ''")).ShouldBeEmpty();
        (await Should.ThrowAsync<Npgsql.PostgresException>(() => house.TellAsync("insert into access.role_right values ('member', 'gibt-es-nicht', 'read', 'P1', 'own')"))).SqlState.ShouldBe("23503");
    }

    [Fact]
    public async Task A_person_reads_who_sees_them_and_by_which_path()
    {
        var paths = await PathsAsync(house.LocalMember, house.LocalMember);
        string Seen(string name) => string.Join("; ", paths.Where(p => p.Name == name && p.Action == "read").Select(p => $"{p.Office}, {p.OfficeDivision} {p.Reach} {p.FeatureName} {p.DataClass}"));
        Seen("Wilma Probe").ShouldBe("Ortsvorsitz, Ortsverband Hainichen own Personen P2; Ortsvorsitz, Ortsverband Hainichen own Mitgliedschaft P2");
        Seen("Theo Kontur").ShouldBe("Kreisvorsitz, Kreisverband Mittelsachsen subtree Personen P2; Kreisvorsitz, Kreisverband Mittelsachsen subtree Mitgliedschaft P2; Kreisvorsitz, Kreisverband Mittelsachsen subtree Geburtstag und Anschrift P2");
        Seen("Ines Raster").ShouldContain("Protokoll");
        // who carries no right on persons is not named
        paths.Select(p => p.Name).ShouldNotContain("Lena Leerzeile");
    }

    [Fact]
    public async Task The_page_names_exactly_those_whom_the_database_lets_see()
    {
        var named = (await PathsAsync(house.LocalMember, null)).Where(p => p is { FeatureName: "Personen", Action: "read" }).Select(p => p.PersonId).ToHashSet();
        foreach (var person in await house.ListAsync<int>("select id from organisation.person"))
        {
            var sees = person != house.LocalMember && await house.AskAsync<bool>("select exists (select from organisation.person where id = @LocalMember)", new { house.LocalMember }, person);
            named.Contains(person).ShouldBe(sees, $"person {person}");
        }
    }

    [Fact]
    public async Task A_deputy_is_named_with_whom_they_stand_in_for_and_only_while_they_do()
    {
        var deputy = await house.AskAsync<int>("select person_id from organisation.officer where name = 'Jutta Skizze'");
        await house.TellAsync("insert into organisation.delegation (holding_id, person_id, valid_from, valid_to) select id, @deputy, current_date, current_date + 3 from organisation.office_holding where person_id = @DistrictChair", new { deputy, house.DistrictChair });
        var path = (await PathsAsync(house.LocalMember, house.LocalMember)).First(p => p.PersonId == deputy);
        (path.DeputyFor, path.Office, path.ValidTo).ShouldBe(("Theo Kontur", "Kreisvorsitz", DateOnly.FromDateTime(DateTime.Today).AddDays(3)));
        await house.TellAsync("update organisation.delegation set valid_from = current_date - 9, valid_to = current_date - 1 where person_id = @deputy", new { deputy });
        (await PathsAsync(house.LocalMember, house.LocalMember)).ShouldNotContain(p => p.PersonId == deputy);
        await house.TellAsync("delete from organisation.delegation where person_id = @deputy", new { deputy });
    }

    [Fact]
    public async Task Who_does_not_see_a_person_does_not_learn_who_does()
    {
        var neighbour = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Nora', 'Nachbar' from organisation.division where slug = 'kreis-14521' returning id");
        (await PathsAsync(neighbour, house.StateManager)).ShouldNotBeEmpty();
        (await PathsAsync(neighbour, house.DistrictChair)).ShouldBeEmpty();
        (await PathsAsync(neighbour, house.LocalMember)).ShouldBeEmpty();
        (await house.UseAsNobodyAsync<Db, long>(db => db.ScalarAsync<long>("select count(*) from organisation.who_sees(@neighbour)", new { neighbour }))).ShouldBe(0);
    }

    [Fact]
    public async Task A_restricted_person_is_seen_by_no_register_and_betrayed_by_no_question_about_namesakes()
    {
        var hidden = await house.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) select id, 'Rita', 'Ruhe' from organisation.division where slug = 'kreis-14522' returning id");
        await house.TellAsync("insert into privacy.person_flag (person_id, kind) values (@hidden, 'restricted')", new { hidden });
        (await PathsAsync(hidden, house.DistrictChair)).ShouldBeEmpty();
        (await PathsAsync(hidden, hidden)).ShouldNotContain(p => p.FeatureName == "Personen");
        (await house.ListAsync<string>("select name from organisation.namesakes('Rita', 'Ruhe', null)", person: house.DistrictChair)).ShouldBeEmpty();
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
