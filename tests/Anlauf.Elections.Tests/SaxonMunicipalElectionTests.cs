using Anlauf.Elections.Results;
using Anlauf.Testing;

namespace Anlauf.Elections.Tests;

public class SaxonMunicipalElectionTests
{
    private static readonly string[] Header = ["Gemeinderatswahlen am 9. Juni 2024"];

    [Fact]
    public void No_candidacy_is_not_the_same_as_no_votes()
    {
        var election = Read(["14521010", "Amtsberg", "2957", "2308", "6575", "6575", "0", "x"]).Contents!;
        var lists = election.Municipalities.Single().Lists;
        lists.Single(l => l.List == "SPD").ShouldBe(new ListResult("SPD", 0));
        lists.Single(l => l.List == "SPD").Stood.ShouldBeTrue();
        lists.Single(l => l.List == "DIE LINKE").Stood.ShouldBeFalse();
        election.WithoutList("Die Linke").Count.ShouldBe(1);
        election.WithoutList("SPD").ShouldBeEmpty();
    }

    [Fact]
    public void A_broken_number_is_named_with_line_and_column()
    {
        var reading = Read(["14521010", "Amtsberg", "2957", "2308", "6575", "6575", "l2", "x"]);
        var problem = reading.Problems.Single();
        problem.Line.ShouldBe(5);
        problem.Field.ShouldBe("SPD");
        problem.Message.ShouldContain("„l2“");
    }

    [Fact]
    public void A_key_of_another_state_is_refused() =>
        Read(["15001000", "Dessau", "1", "1", "0", "x", "x", "x"]).Problems.ShouldContain(p => p.Field == "Gemeindeschlüssel" && p.Line == 5);

    [Fact]
    public void A_municipality_that_comes_twice_is_refused()
    {
        string[] row = ["14521010", "Amtsberg", "10", "8", "12", "12", "x", "x"];
        Read(row, row).Problems.Single().Message.ShouldContain("Zeile 5");
    }

    [Fact]
    public void Votes_that_do_not_add_up_are_refused() =>
        Read(["14521010", "Amtsberg", "10", "8", "12", "11", "x", "x"]).Problems.Single().Field.ShouldBe("gültige Stimmen");

    [Fact]
    public void Another_table_is_refused()
    {
        using var stream = Workbooks.With("Tabelle", ["Name", "Wert"], ["a", "1"]);
        var reading = SaxonMunicipalElection.Read(stream);
        reading.Contents.ShouldBeNull();
        reading.Problems.Single().Line.ShouldBe(0);
    }

    [Theory]
    [InlineData("DIE LINKE", "Die Linke", true)]
    [InlineData("DIE LINKE", "linke", true)]
    [InlineData("GRÜNE", "BÜNDNIS 90/DIE GRÜNEN", true)]
    [InlineData("Die PARTEI", "PARTEI", false)]
    [InlineData("SPD", "CDU", false)]
    public void Party_names_are_compared_as_people_write_them(string one, string other, bool same) => PartyName.Same(one, other).ShouldBe(same);

    private static Reading<ElectionFile?> Read(params string[][] rows)
    {
        string[][] table =
        [
            Header,
            ["", "", "Wahlberechtigte", "Insgesamt", "Insgesamt", "CDU", "SPD", "DIE LINKE"],
            ["", "", "", "Wähler", "gültige Stimmen", "gültige Stimmen", "gültige Stimmen", "gültige Stimmen"],
            ["14", "Freistaat Sachsen", "1", "1", "1", "1", "1", "1"],
        ];
        using var stream = Workbooks.With("Tabelle", [.. table, .. rows]);
        return SaxonMunicipalElection.Read(stream);
    }
}
