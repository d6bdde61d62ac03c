namespace Anlauf.Planning.Routes.MobileOffice;

/// <summary>How much may be listed: so many partial tours a list and in all, and for every list its share of the time.</summary>
/// <param name="inList">most partial tours of one list</param>
/// <param name="inAll">most partial tours of all lists together</param>
/// <param name="lists">number of lists</param>
/// <param name="elapsed">time of the search so far</param>
/// <param name="end">time at which all lists are to be done</param>
internal sealed class ListingBudget(int inList, long inAll, int lists, Func<TimeSpan> elapsed, TimeSpan end)
{
    // twice an even share: most lists need less than theirs
    private const double Lavish = 2;
    private const int Quick = 100;
    private TimeSpan _begin, _until;

    /// <summary>Partial tours the next try may have.</summary>
    public int Next => Over ? Quick : (int)Math.Min(inList, inAll);

    /// <summary>True when only a few tours are still to be listed.</summary>
    public bool Over => inAll < Quick || elapsed() > _until;

    /// <summary>True when half the time of the list is used up: not all tours can be listed.</summary>
    public bool Half => Over || elapsed() > _begin + ((_until - _begin) / 2);

    /// <summary>Begins the next list.</summary>
    public void Begin()
    {
        _begin = elapsed();
        _until = _begin + ((end - _begin) * Math.Min(1, Lavish / Math.Max(1, lists--)));
    }

    /// <summary>Counts partial tours.</summary>
    public void Use(int partial) => inAll -= partial;
}
