namespace Anlauf.Rooms.Meetings.Tasks;

/// <summary>What another room shows on a task's page. The component takes <c>TaskId</c>.</summary>
public interface ITaskPart
{
    /// <summary>Razor component shown below the task.</summary>
    Type Component { get; }
}
