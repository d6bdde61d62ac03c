using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Offers;

/// <summary>Offers on „Heute“: what the acting person is asked, and what comes back to the body that offered it.</summary>
internal sealed class OffersToday : ITodayPart
{
    public bool IsPromise => false;

    public string Sql => "select title, href, due, why from offers.today()";
}
