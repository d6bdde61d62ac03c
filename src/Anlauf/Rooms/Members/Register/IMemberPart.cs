namespace Anlauf.Rooms.Members.Register;

/// <summary>What another room shows on the page of a person.</summary>
public interface IMemberPart
{
    /// <summary>A component with the parameter <c>PersonId</c>; it shows nothing where the acting person sees nothing.</summary>
    Type Component { get; }
}
