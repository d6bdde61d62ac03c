using Anlauf.Rooms.Members.Register;

namespace Anlauf.Rooms.Welcome.Arrivals;

/// <summary>The track of somebody new on their own page.</summary>
internal sealed class ArrivalOfMember : IMemberPart
{
    public Type Component => typeof(ArrivalOfMemberPart);
}
