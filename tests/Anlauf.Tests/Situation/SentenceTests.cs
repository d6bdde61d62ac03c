using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Presence;
using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Situation.Indicators;

namespace Anlauf.Tests.Situation;

/// <summary>The sentence above the Lage: singular, plural and zero written out.</summary>
public sealed class SentenceTests
{
    private static GoalCount Count(int reached, int underWay, int missing, int unknown = 0, string level = "municipality", string filter = "all", decimal target = 1) =>
        new(new Goal(1, 1, "ziel", "Ziel", "x", "at-least", target, level, filter, "14", default, null, null, null, null, null), reached + underWay + missing + unknown, reached, underWay, missing);

    private static readonly CouncilListIndicator List = new();
    private static readonly DistrictContactPoints Points = new();

    [Theory]
    [InlineData(270, 90, 58, "In 270 von 418 Gemeinden steht eine eigene Liste. Um 90 weiße Flecken kümmert sich jemand, um 58 noch niemand.")]
    [InlineData(416, 1, 1, "In 416 von 418 Gemeinden steht eine eigene Liste. Um einen weißen Fleck kümmert sich jemand, um einen noch niemand.")]
    [InlineData(417, 0, 1, "In 417 von 418 Gemeinden steht eine eigene Liste. Um einen weißen Fleck kümmert sich noch niemand.")]
    [InlineData(410, 0, 8, "In 410 von 418 Gemeinden steht eine eigene Liste. Um 8 weiße Flecken kümmert sich noch niemand.")]
    [InlineData(410, 8, 0, "In 410 von 418 Gemeinden steht eine eigene Liste. Um alle 8 weißen Flecken kümmert sich jemand.")]
    [InlineData(417, 1, 0, "In 417 von 418 Gemeinden steht eine eigene Liste. Um den einen weißen Fleck kümmert sich jemand.")]
    [InlineData(418, 0, 0, "In allen 418 Gemeinden steht eine eigene Liste.")]
    [InlineData(1, 0, 0, "In der einen Gemeinde steht eine eigene Liste.")]
    [InlineData(0, 0, 3, "In keiner der 3 Gemeinden steht eine eigene Liste. Um 3 weiße Flecken kümmert sich noch niemand.")]
    [InlineData(0, 0, 0, "Für dieses Ziel gibt es hier keine Gebiete.")]
    public void Lists_in_municipalities(int reached, int underWay, int missing, string sentence) =>
        SituationSentence.Text(Count(reached, underWay, missing), List).ShouldBe(sentence);

    [Fact]
    public void Thousands_carry_a_point_and_unknown_areas_are_named() =>
        SituationSentence.Text(Count(6_000, 0, 4_000, 786), List).ShouldBe("In 6.000 von 10.786 Gemeinden steht eine eigene Liste. Um 4.000 weiße Flecken kümmert sich noch niemand. Für 786 Gemeinden gibt es keine Angabe.");

    [Fact]
    public void Contact_points_in_rural_districts() =>
        SituationSentence.Text(Count(6, 3, 1, level: "district", filter: "rural-districts", target: 2), Points)
            .ShouldBe("In 6 von 10 Landkreisen gibt es mindestens zwei Anlaufstellen. Um 3 weiße Flecken kümmert sich jemand, um einen noch niemand.");

    [Fact]
    public void None_of_the_rural_districts() =>
        SituationSentence.Text(Count(0, 0, 10, level: "district", filter: "rural-districts", target: 2), Points).ShouldStartWith("In keinem der 10 Landkreise gibt es mindestens zwei Anlaufstellen.");

    [Fact]
    public void Each_number_carries_its_state() =>
        SituationSentence.Of(Count(270, 90, 58), List).Where(p => p.Standing is not null).Select(p => (p.Text, p.Standing)).ShouldBe(
            [("270 von 418 Gemeinden", Standing.Reached), ("90 weiße Flecken", Standing.UnderWay), ("58 noch niemand", Standing.Missing)]);
}
