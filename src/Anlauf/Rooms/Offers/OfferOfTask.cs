using Anlauf.Rooms.Meetings.Tasks;

namespace Anlauf.Rooms.Offers;

/// <summary>Shows on a task's page whether it is offered, and to those who may the way to offer it.</summary>
internal sealed class OfferOfTask : ITaskPart
{
    public Type Component => typeof(OfferOfTaskPart);
}
