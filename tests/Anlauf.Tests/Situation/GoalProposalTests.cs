using Anlauf.Rooms.Situation;

namespace Anlauf.Tests.Situation;

public sealed class GoalProposalTests
{
    [Theory]
    [InlineData("In jedem Flächenlandkreis werden bis zum 30. September 2027 mindestens zwei Anlaufstellen – welcher Art auch immer – eingerichtet.", "presence.contact-points", 2, "rural-districts", "2027-09-30")]
    [InlineData("In jeder Gemeinde Sachsens soll zur Kommunalwahl eine eigene Liste stehen.", "territory.council-list", 1, "all", null)]
    [InlineData("In jeder Gemeinde sollen bis zum 31. Dezember 2028 mindestens fünf Mitglieder gewonnen werden.", "members.count", 5, "all", "2028-12-31")]
    [InlineData("Bis spätestens 1.2.2027 gibt es in jedem Landkreis und jeder kreisfreien Stadt mindestens 3 Anlaufstellen.", "presence.contact-points", 3, "all", null)]
    [InlineData("Wir richten bis spätestens 1.2.2027 in jedem Landkreis mindestens eine Anlaufstelle ein.", "presence.contact-points", 1, "rural-districts", "2027-02-01")]
    [InlineData("Der Landesvorstand beschließt den Terminplan 2027.", null, 1, "all", null)]
    public void A_wording_proposes_a_goal(string wording, string? indicator, int target, string filter, string? due) =>
        GoalProposal.From(wording).ShouldBe(new GoalProposal(indicator, target, filter, due is null ? null : DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture)));
}
