namespace Anlauf.Rooms.Members.Statutes;

/// <summary>What has happened on the way of an admission; days only, so that the same facts give the same answer at any time.</summary>
/// <param name="Kind">member, guest, supporter, youth or honorary.</param>
/// <param name="ReceivedOn">The declaration reached the division: the day every period counts from.</param>
/// <param name="DuesPaidOn">First dues; only asked where the statute asks for them.</param>
/// <param name="ObjectedOn">Somebody who may has objected.</param>
/// <param name="DecidedOn">The body has decided, <paramref name="Accepted"/> says how.</param>
/// <param name="Extended">The period was extended with notice.</param>
public sealed record Course(string Kind, DateOnly? ReceivedOn, DateOnly? DuesPaidOn = null, DateOnly? ObjectedOn = null, DateOnly? DecidedOn = null, bool? Accepted = null, bool Extended = false, DateOnly? LeftOn = null);

/// <summary>Where somebody stands on a day.</summary>
/// <param name="State">A state of <c>members.party_membership</c>.</param>
/// <param name="EffectiveOn">The day the membership took or will take effect as far as it is known today; null where it depends on somebody.</param>
/// <param name="Until">Last day of the period for objection or decision.</param>
/// <param name="GuestRights">May take part as a guest meanwhile.</param>
/// <param name="Why">German sentence: what decides.</param>
public sealed record MembershipStanding(string State, DateOnly? EffectiveOn, DateOnly? Until, bool GuestRights, string Why);

/// <summary>
/// The way from declaration to membership by the rules of a pack. Sources: the rows of the pack; PartG § 10 (free decision on admission,
/// no general or timed stops), §§ 187, 188 BGB (a period from the receipt ends with the day of the same name).
/// </summary>
public static class Admission
{
    /// <summary>Where somebody stands on <paramref name="today"/>.</summary>
    public static MembershipStanding At(PartyPack pack, Course course, DateOnly today)
    {
        if (course.LeftOn is { } left && left <= today) return new("left", null, null, false, $"beendet am {Day(left)}");
        // no statute here asks anybody about a guest, a supporter or an honour: the receipt is enough
        if (course.Kind is not "member")
            return course.ReceivedOn is { } day ? new("active", day, course.Kind == "guest" ? pack.GuestEnds?.After(day) : null, false, "gilt mit dem Eingang der Erklärung") : NotReceived();
        if (course.ReceivedOn is not { } received) return NotReceived();
        if (course.Accepted == false) return new("refused", null, null, false, $"abgelehnt am {Day(course.DecidedOn!.Value)}");
        var end = pack.Period?.After(received);
        if (end is { } plain && course.Extended && pack.Extension is { } more) end = more.After(plain);
        if (course.Accepted == true) return Effective(pack, course, course.DecidedOn!.Value, end, today, "angenommen am " + Day(course.DecidedOn.Value));
        return pack.Admission == AdmissionBy.Objection ? ByObjection(pack, course, received, end, today) : ByDecision(pack, course, end, today);
    }

    private static MembershipStanding ByObjection(PartyPack pack, Course course, DateOnly received, DateOnly? end, DateOnly today)
    {
        var until = end ?? received;
        // an objection in time turns it into a decision of the body; one that comes too late changes nothing
        if (course.ObjectedOn is { } objected && objected <= until) return new("awaiting-decision", null, null, pack.GuestRights, $"Widerspruch vom {Day(objected)}: Jetzt entscheidet das zuständige Gremium");
        return today < until ? new("awaiting-objection", pack.RequiresDues && course.DuesPaidOn is null ? null : Later(until, course.DuesPaidOn, pack), until, pack.GuestRights, $"wirksam ab {Day(until)}, wenn niemand widerspricht{Dues(pack, course)}")
            : Effective(pack, course, until, until, today, $"Widerspruchsfrist am {Day(until)} ohne Widerspruch abgelaufen");
    }

    private static MembershipStanding ByDecision(PartyPack pack, Course course, DateOnly? end, DateOnly today)
    {
        if (end is not { } until) return new("awaiting-decision", null, null, pack.GuestRights, "Das zuständige Gremium entscheidet; die Satzung nennt keine Frist");
        if (today <= until || pack.Silence == SilenceMeans.Nothing)
            return new("awaiting-decision", pack.Silence == SilenceMeans.Accepted ? Later(until, course.DuesPaidOn, pack) : null, until, pack.GuestRights,
                $"Das zuständige Gremium entscheidet bis {Day(until)}{pack.Silence switch { SilenceMeans.Accepted => ", sonst gilt die Person als aufgenommen", SilenceMeans.Refused => ", sonst gilt die Aufnahme als abgelehnt", _ => "" }}");
        return pack.Silence == SilenceMeans.Refused ? new("refused", null, until, false, $"bis {Day(until)} nicht entschieden, damit abgelehnt")
            : Effective(pack, course, until, until, today, $"bis {Day(until)} nicht abgelehnt, damit aufgenommen");
    }

    // the day is reached; where the statute asks for dues it is the later of both
    private static MembershipStanding Effective(PartyPack pack, Course course, DateOnly day, DateOnly? until, DateOnly today, string why)
    {
        if (pack.RequiresDues && course.DuesPaidOn is null) return new("awaiting-objection", null, until, pack.GuestRights, why + "; wirksam, sobald der erste Beitrag gezahlt ist");
        var effective = Later(day, course.DuesPaidOn, pack);
        return effective <= today ? new("active", effective, until, false, why) : new("awaiting-objection", effective, until, pack.GuestRights, $"{why}; wirksam ab {Day(effective)}");
    }

    private static DateOnly Later(DateOnly day, DateOnly? dues, PartyPack pack) => pack.RequiresDues && dues > day ? dues.Value : day;
    private static string Dues(PartyPack pack, Course course) => pack.RequiresDues && course.DuesPaidOn is null ? " und der erste Beitrag gezahlt ist" : "";
    private static MembershipStanding NotReceived() => new("applied", null, null, false, "erklärt, bei der Gliederung noch nicht eingegangen");
    private static string Day(DateOnly day) => day.ToString("d.M.yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
