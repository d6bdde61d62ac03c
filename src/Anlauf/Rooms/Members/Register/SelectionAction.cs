namespace Anlauf.Rooms.Members.Register;

/// <summary>Something that can be done with people selected in the list. Rooms register theirs; the page takes the selection from the address (<see cref="MemberFilter.Of"/>).</summary>
/// <param name="Title">Button: verb and object.</param>
/// <param name="Path">Page that says what would happen and asks for the rest.</param>
/// <param name="Permission">Without it the button is not shown; what may be done to each person the page and the database decide.</param>
/// <param name="Order">Place in the bar.</param>
public sealed record SelectionAction(string Title, string Path, string Permission, int Order = 0);
