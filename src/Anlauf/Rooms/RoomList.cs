using Anlauf.Platform.Hosting;

namespace Anlauf.Rooms;

/// <summary>The rooms of the house, ground floor first. The order is that of the allowed references between them.</summary>
public static class RoomList
{
    /// <summary>All rooms.</summary>
    public static IReadOnlyList<IRoom> All { get; } =
    [
        new Territory.TerritoryRoom(),
        new Organisation.OrganisationRoom(),
        new Meetings.MeetingsRoom(),
        new Situation.SituationRoom(),
        new Presence.PresenceRoom(),
        new Members.MembersRoom(),
        new Welcome.WelcomeRoom(),
        new Surveys.SurveysRoom(),
        new SelfService.SelfServiceRoom(),
        new Offers.OffersRoom(),
        new Projects.ProjectsRoom(),
        new Privacy.PrivacyRoom(),
        new Portal.PortalRoom(),
        new Operation.OperationRoom(),
        new Demo.DemoRoom(),
    ];
}
