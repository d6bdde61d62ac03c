using Anlauf.Rooms.Members.Register;

namespace Anlauf.Rooms.Welcome.Calls;

/// <summary>Calls to somebody who is not arriving, on their own page: the list of calls leads there.</summary>
internal sealed class CallsOfMember : IMemberPart
{
    public Type Component => typeof(CallsOfMemberPart);
}
