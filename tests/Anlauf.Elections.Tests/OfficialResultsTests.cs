using Anlauf.Elections.Results;
using Anlauf.Testing;

namespace Anlauf.Elections.Tests;

/// <summary>Figures of the real published tables.</summary>
public class OfficialResultsTests
{
    private const string Saxony = "elections/kommunal-sachsen/gemeinderatswahl_sachsen_";

    [SkippableTheory]
    [InlineData(2014, 432)]
    [InlineData(2019, 419)]
    [InlineData(2024, 418)]
    public void Every_municipality_of_Saxony_has_a_result(int year, int municipalities)
    {
        var election = Municipal(year);
        election.Municipalities.Count.ShouldBe(municipalities);
        election.Id.ShouldBe($"gr-sn-{year}");
        election.Day.ShouldBe(year switch { 2014 => new DateOnly(2014, 5, 25), 2019 => new DateOnly(2019, 5, 26), _ => new DateOnly(2024, 6, 9) });
    }

    [SkippableTheory]
    [InlineData(2024, "DIE LINKE", 237)]
    [InlineData(2024, "SPD", 257)]
    [InlineData(2024, "GRÜNE", 313)]
    [InlineData(2024, "AfD", 159)]
    [InlineData(2024, "CDU", 63)]
    [InlineData(2014, "DIE LINKE", 135)]
    public void Lists_were_missing_in_Saxony_in_as_many_municipalities_as_published(int year, string party, int missing) =>
        Municipal(year).WithoutList(party).Count.ShouldBe(missing);

    [SkippableTheory]
    [InlineData("DIE LINKE", 77)]
    [InlineData("SPD", 66)]
    public void Lists_were_missing_in_Saxony_Anhalt_2019_in_as_many_municipalities_as_published(string party, int missing)
    {
        using var file = File.OpenRead(SharedData.PathTo("elections/kommunal-sachsen-anhalt/gemeinderat_stimmen_sitze_1994_2019.xlsx"));
        var reading = SaxonyAnhaltMunicipalElection.Read(file);
        reading.Problems.ShouldBeEmpty();
        reading.Contents!.Municipalities.Count.ShouldBe(218);
        reading.Contents.WithoutList(party).Count.ShouldBe(missing);
    }

    [SkippableTheory]
    [InlineData(2014, 64.2)]
    [InlineData(2019, 56.6)]
    [InlineData(2024, 33.8)]
    public void The_share_of_votes_from_outside_the_three_big_cities_is_as_published(int year, double percent)
    {
        var origin = State(year).OriginOfVotes("DIE LINKE", OutsideBigCities);
        Math.Round(origin.ShareOfList!.Value * 100, 1).ShouldBe(percent);
    }

    [SkippableFact]
    public void Beside_it_stands_the_share_of_all_voters()
    {
        var origin = State(2014).OriginOfVotes("DIE LINKE", OutsideBigCities);
        Math.Round(origin.ShareOfAll!.Value * 100, 1).ShouldBe(67.9);
    }

    [SkippableTheory]
    [InlineData(2014, 431, 1_637_499)]
    [InlineData(2019, 419, 2_166_457)]
    [InlineData(2024, 418, 2_347_973)]
    public void Parts_of_split_cities_add_up_to_whole_municipalities_and_the_total_of_the_state(int year, int municipalities, long validVotes)
    {
        State(year).Municipalities.Count.ShouldBe(municipalities);
        State(year).Municipalities.Sum(m => m.ValidVotes).ShouldBe(validVotes);
    }

    private static bool OutsideBigCities(MunicipalResult m) => m.Ags is not ("14511000" or "14612000" or "14713000");

    private static ElectionFile Municipal(int year)
    {
        using var file = File.OpenRead(SharedData.PathTo($"{Saxony}{year}.xlsx"));
        var reading = SaxonMunicipalElection.Read(file);
        reading.Problems.ShouldBeEmpty();
        return reading.Contents!;
    }

    private static ElectionFile State(int year)
    {
        using var file = File.OpenRead(SharedData.PathTo($"elections/ltw-sachsen/ltw_sachsen_{year}.xlsx"));
        var reading = SaxonStateElection.Read(file);
        reading.Problems.ShouldBeEmpty();
        return reading.Contents!;
    }
}
