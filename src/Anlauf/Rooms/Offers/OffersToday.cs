using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Offers;

/// <summary>Offers on „Heute“: what the acting person is asked, what they accepted, and what comes back to the body that offered it.</summary>
internal sealed class OffersToday : ITodayPart
{
    public bool IsPromise => false;

    public string Sql => "select title, href, due, why, act, null::text as act_href, post, null::text as phone from offers.today()";
}
