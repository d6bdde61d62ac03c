namespace Anlauf.Planning.Assignment.Sponsors;

/// <summary>
/// A subset row (Jepsen, Petersen, Spoorendonk and Pisinger 2008): of three rows that hold exactly once each, at most one
/// chosen column takes two. The rows are constituencies, one of them may be a member: whoever has two of three
/// constituencies, or the member with one of two and anybody else with both.
/// </summary>
/// <param name="Areas">three constituencies, or two</param>
/// <param name="Member">the member in place of the third constituency, or −1</param>
internal readonly record struct SubsetRow(UInt128 Areas, int Member)
{
    /// <summary>Does a column count in this row?</summary>
    public bool Counts(UInt128 set, int member)
    {
        var common = set & Areas;
        return member == Member ? common != 0 : (common & (common - 1)) != 0;
    }
}
