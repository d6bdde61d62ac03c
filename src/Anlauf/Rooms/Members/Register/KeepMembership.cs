using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Members.Register;

/// <summary>Notes what happened to a membership on a day: receipt, dues, objection, decision, leaving. Resigning is possible at any time (PartG § 10 Abs. 2).</summary>
public sealed class KeepMembership(Db db, Standings standings, TimeProvider clock)
{
    public sealed class Input
    {
        public int Id { get; set; }
        [Required(ErrorMessage = "Wählen Sie, was geschehen ist")] public string? Step { get; set; }
        [Required(ErrorMessage = "Nennen Sie den Tag")] public DateOnly? Day { get; set; }
    }

    private sealed record Known(int PersonId, string State, string Kind, DateOnly? ReceivedOn, DateOnly? LeftOn, bool May);
    private static readonly string[] Ends = ["resigned", "arrears", "excluded", "died", "withdrawn", "guest-ended"];
    private static readonly string[] BeforeMembership = ["applied", "awaiting-decision", "awaiting-objection"];

    /// <summary>Writes the step; gives the person's id.</summary>
    public Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        var known = await db.SingleAsync<Known>("""
            select person_id, state, kind, received_on, left_on, coalesce(division_id = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[]), false) as may from members.party_membership where id = @Id
            """, input, ct);
        if (known is not { May: true }) return new Refusal("Diese Mitgliedschaft können Sie nicht ändern");
        if (known.LeftOn is not null) return new Refusal("Diese Mitgliedschaft ist beendet. Für einen Wiedereintritt tragen Sie eine neue Aufnahme ein", nameof(Input.Step));
        if (input.Day > today && input.Step != "resigned") return new Refusal("Dieser Tag liegt in der Zukunft", nameof(Input.Day));
        if (input.Day < known.ReceivedOn && input.Step != "received") return new Refusal($"Die Erklärung ging erst am {known.ReceivedOn:d.M.yyyy} ein. Prüfen Sie den Tag", nameof(Input.Day));
        var waiting = BeforeMembership.Contains(known.State);
        if (Refused(input.Step!, waiting, known) is { } no) return no;
        await db.ExecuteAsync(input.Step switch
        {
            "received" => "update members.party_membership set received_on = @Day where id = @Id",
            "dues-paid" => "update members.party_membership set dues_paid_on = @Day where id = @Id",
            "objected" => "update members.party_membership set objected_on = @Day where id = @Id",
            "accepted" => "update members.party_membership set decided_on = @Day, accepted = true where id = @Id",
            "refused" => "update members.party_membership set decided_on = @Day, accepted = false where id = @Id",
            "extended" => "update members.party_membership set extended = true where id = @Id",
            "suspended" => "update members.party_membership set state = 'suspended' where id = @Id",
            "resumed" => "update members.party_membership set state = 'active' where id = @Id",
            _ => "update members.party_membership set state = 'left', left_on = @Day, left_reason = @Step where id = @Id",
        }, input, ct);
        // death ends every membership, and every office with its rights
        if (input.Step == "died") await db.ExecuteAsync("select members.bury(@PersonId, @Day)", new { known.PersonId, input.Day }, ct);
        if (waiting && !Ends.Contains(input.Step)) await standings.RefreshAsync([input.Id], ct);
        return known.PersonId;
    }, ct);

    private static Refusal? Refused(string step, bool waiting, Known known) => step switch
    {
        _ when MemberWords.Steps.All(s => s.Id != step) => new("Wählen Sie, was geschehen ist", nameof(Input.Step)),
        "received" or "objected" or "accepted" or "refused" or "extended" or "withdrawn" when !waiting => new("Die Aufnahme ist schon abgeschlossen", nameof(Input.Step)),
        "resumed" when known.State != "suspended" => new("Diese Mitgliedschaft ruht nicht", nameof(Input.Step)),
        "suspended" when known.State != "active" => new("Nur eine bestehende Mitgliedschaft kann ruhen", nameof(Input.Step)),
        "guest-ended" when known.Kind != "guest" => new("Das ist keine Gastmitgliedschaft", nameof(Input.Step)),
        "excluded" or "arrears" when waiting => new("Die Mitgliedschaft besteht noch nicht; lehnen Sie die Aufnahme ab", nameof(Input.Step)),
        _ => null,
    };
}
