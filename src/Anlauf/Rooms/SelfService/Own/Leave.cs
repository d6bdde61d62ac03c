using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Members.Register;
using Anlauf.Rooms.Members.Statutes;

namespace Anlauf.Rooms.SelfService.Own;

/// <summary>Leaving, declared by the person: usual day of the statute or at once (PartG § 10 Abs. 2), shown once more before it counts. No reason is asked.</summary>
public sealed class Leave(Db db, MemberRegister members, PackRegister packs, TimeProvider clock)
{
    public sealed class Input
    {
        public int MembershipId { get; set; }
        /// <summary>usual or now.</summary>
        public string When { get; set; } = "usual";
        /// <summary>The consequences have been shown and are wanted.</summary>
        public bool Confirmed { get; set; }
    }

    /// <summary>A membership that can be left.</summary>
    public sealed record Open(int Id, string Kind, string Division, DateOnly Usual, bool Applied);

    private DateOnly Today => DateOnly.FromDateTime(clock.GetLocalNow().Date);

    /// <summary>What can be left, with the day the statute has for it.</summary>
    public async Task<IReadOnlyList<Open>> OpenAsync(int person, CancellationToken ct = default)
    {
        var open = new List<Open>();
        foreach (var m in (await members.MembershipsAsync(person, ct)).Where(m => m.LeftOn is null))
        {
            var pack = await db.ScalarAsync<string>("select members.pack_of(@DivisionId)", m, ct);
            var rule = (await packs.RulesAsync(pack ?? "", Today, ct)).FirstOrDefault(r => r.Id == "resignation")?.Value;
            // what has not begun is withdrawn with today
            open.Add(new(m.Id, m.Kind, m.Division, m.Waits ? Today : Resignation.Usual(rule, Today), m.Waits));
        }
        return open;
    }

    /// <summary>Ends the membership; gives its last day.</summary>
    public async Task<Outcome<DateOnly>> HandleAsync(int person, Input input, CancellationToken ct = default)
    {
        if ((await OpenAsync(person, ct)).FirstOrDefault(o => o.Id == input.MembershipId) is not { } open) return new Refusal("Diese Mitgliedschaft ist schon beendet", nameof(Input.MembershipId));
        if (!input.Confirmed) return new Refusal("Prüfen Sie die Angaben, und erklären Sie dann den Austritt");
        var day = input.When == "now" ? Today : open.Usual;
        return await db.ScalarAsync<bool>("select selfservice.resign(@MembershipId, @day)", new { input.MembershipId, day }, ct) ? day : new Refusal("Diese Mitgliedschaft ist schon beendet", nameof(Input.MembershipId));
    }
}
