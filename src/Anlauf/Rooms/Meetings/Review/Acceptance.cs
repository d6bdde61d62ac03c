using Anlauf.Intake;

namespace Anlauf.Rooms.Meetings.Review;

/// <summary>A document with what a person confirmed of it: what the writers of meeting, resolutions and tasks work on.</summary>
internal sealed record Acceptance(ReviewDesk.Stored Document, DocumentRecord Record, IReadOnlyList<Finding> Findings, AcceptDocument.Input Input, Rereading? Rereading)
{
    /// <summary>Where the changed finding stood in the version before; null for new and unchanged ones.</summary>
    public (int Document, int Start)? PlaceBefore(Finding finding) => Rereading?.StateOf(finding) == Reread.Changed ? (Rereading.Earlier.Id, Rereading.BeforeOf(finding)!.Spans[0].Start) : null;

    public int DivisionId => Document.DivisionId;
    public IEnumerable<(Finding Finding, T Value)> Kept<T>() =>
        Findings.Where(f => f.Value is T && !Input.Rejected.Contains(f.Id)).Select(f => (f, (T)Review.Corrections.Apply(f, field => Input.Corrected(f, field))));

    /// <summary>Names in one line; null where there are none.</summary>
    public static string? Joined(IReadOnlyList<Found<string>> names) => names.Count == 0 ? null : string.Join(", ", names.Select(n => n.Value));
}
