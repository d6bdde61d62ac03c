using Anlauf.Platform.Database;
using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Welcome.Calls;

/// <summary>
/// Who waits for the first contact, and apart from them whoever is due for another step by phone; counted once for „Heute“, „Anrufe“ and
/// „Ankommen“: <c>welcome.waiting()</c> decides.
/// </summary>
/// <param name="People">How many wait for the first contact.</param>
/// <param name="Late">How many of them longer than promised.</param>
/// <param name="Mine">They are entrusted to the acting person; false: to the divisions in which they welcome.</param>
/// <param name="Others">Later steps that are done by phone: to invite, to find a task.</param>
/// <param name="PutOff">How many of all are to be called on a later day and stand on no list today.</param>
/// <param name="Longest">Whose first contact was promised for the earliest day; null where nobody waits for one.</param>
public sealed record WaitingCalls(int People, int Late, bool Mine, int Others, int PutOff, WaitingCalls.One? Longest)
{
    /// <param name="ArrivalId">The page of calls to lead to.</param>
    /// <param name="Days">Since the declaration came in.</param>
    /// <param name="Overdue">Since the promised day; 0 or less while it is kept.</param>
    /// <param name="NotBefore">Day of the next try; null is now.</param>
    public sealed record One(int ArrivalId, string Name, int Days, int Overdue, DateOnly? NotBefore)
    {
        /// <summary>„überfällig seit 93 Tagen“, as the rows of the day say it; in time „seit heute“, „seit einem Tag“, „seit 5 Tagen“.</summary>
        public string Since => Overdue > 0 ? "überfällig seit " + Wording.Count(Overdue, "einem Tag", "Tagen") : "seit " + (Days < 1 ? "heute" : Wording.Count(Days, "einem Tag", "Tagen"));
    }
    private sealed record Counted(int People, int Late, bool Mine, int Others, int PutOff, int ArrivalId, bool First, string Name, int Days, int Overdue, DateOnly? NotBefore);

    /// <summary>„Ein Mensch wartet“, „32 Menschen warten“.</summary>
    public string Who => People == 1 ? "Ein Mensch wartet" : $"{Wording.Number(People)} Menschen warten";

    /// <summary>„, länger als versprochen“ of all or of some, „“ of none.</summary>
    public string Broken => Late == 0 ? "" : Late == People ? ", länger als versprochen" : $", {Wording.InWords(Late)} länger als versprochen";

    /// <summary>„Von denen, die Ihnen anvertraut sind, wartet am längsten“: others may wait longer, whom somebody else calls.</summary>
    public string WaitsLongest => Mine && People > 1 ? "Von denen, die Ihnen anvertraut sind, wartet am längsten" : "Am längsten wartet";

    /// <summary>„Dazu kommen 12 weitere Schritte am Telefon.“; „“ where there are none.</summary>
    public string Further => Others == 0 ? "" : People == 0 ? (Others == 1 ? "Ein späterer Schritt am Telefon steht an" : $"{Wording.Number(Others)} spätere Schritte am Telefon stehen an") : Others == 1 ? "Dazu kommt ein weiterer Schritt am Telefon" : $"Dazu kommen {Wording.Number(Others)} weitere Schritte am Telefon";

    /// <summary>„Für einen davon ist ein späterer Tag vorgemerkt.“; „“ where all are to be called today.</summary>
    public string Later => PutOff == 0 ? "" : People + Others == PutOff ? "Für alle ist ein späterer Tag vorgemerkt." : PutOff == 1 ? "Für einen Anruf davon ist ein späterer Tag vorgemerkt." : $"Für {Wording.Number(PutOff)} Anrufe davon ist ein späterer Tag vorgemerkt.";

    /// <summary>Counts; with <paramref name="district"/> only those who live there.</summary>
    public static async Task<WaitingCalls> CountAsync(Db db, string? district, CancellationToken ct = default)
    {
        var found = await db.SingleAsync<Counted>("""
            with w as materialized (
              select w.* from welcome.waiting() w where @district::text is null or exists (select from welcome.arrival a join territory.municipality m on m.ags = a.area_key where a.id = w.arrival_id and m.district_key = @district)),
            n as (
              select (count(*) filter (where w.step = 'first-contact'))::int as people, (count(*) filter (where w.step = 'first-contact' and w.promised_on < current_date))::int as late, bool_or(w.mine) as mine,
                (count(*) filter (where w.step <> 'first-contact'))::int as others, count(w.not_before)::int as put_off from w),
            longest as (select w.* from w order by w.step <> 'first-contact', w.promised_on, w.since, w.arrival_id limit 1)
            select n.*, l.arrival_id, l.step = 'first-contact' as first, p.given_name || ' ' || p.family_name as name, current_date - l.since as days, current_date - l.promised_on as overdue, l.not_before
            from longest l cross join n join welcome.arrival a on a.id = l.arrival_id join organisation.person p on p.id = a.person_id
            """, new { district }, ct);
        return found is null ? new(0, 0, true, 0, 0, null) : new(found.People, found.Late, found.Mine, found.Others, found.PutOff, found.First ? new(found.ArrivalId, found.Name, found.Days, found.Overdue, found.NotBefore) : null);
    }
}
