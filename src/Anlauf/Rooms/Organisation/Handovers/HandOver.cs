using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation.Handovers;

/// <summary>Hands an office over: begins with a list, is ticked by both sides, and is completed in one step that moves rights and tasks.</summary>
public sealed class HandOver(Db db, Actor actor, TimeProvider clock)
{
    public sealed class Input
    {
        public int HoldingId { get; set; }
        [Required(ErrorMessage = "Wählen Sie, wer das Amt übernimmt")] public int? PersonId { get; set; }
        [Required(ErrorMessage = "Nennen Sie den Tag, an dem das Amt wechselt")] public DateOnly? SwitchOn { get; set; }
        /// <summary>Both hold the office until this day.</summary>
        public DateOnly? JointTo { get; set; }
        /// <summary>Last day of the new term.</summary>
        public DateOnly? TermTo { get; set; }
        /// <summary>Further points of the list, one in each line.</summary>
        [MaxLength(4000, ErrorMessage = "Die Liste ist zu lang: höchstens 4.000 Zeichen")] public string? Items { get; set; }
    }

    private sealed record Holding(int OfficeId, int PersonId, DateOnly ValidFrom, string? Email, bool MayKeep, bool MayGrant, bool Open);
    private sealed record Handover(int HoldingId, int OfficeId, int PersonId, DateOnly SwitchOn, DateOnly? JointTo, DateOnly? TermTo, DateOnly HeldFrom);

    private static readonly string[] Always = ["Schlüssel, Unterlagen und Zugänge übergeben", "Anstehende Sitzungen und Fristen besprochen"];
    private DateOnly Today => DateOnly.FromDateTime(clock.GetLocalNow().Date);

    /// <summary>Begins a handover; rooms add their own points to the list. Returns its id.</summary>
    public async Task<Outcome<int>> StartAsync(Input input, CancellationToken ct = default)
    {
        var holding = await db.SingleAsync<Holding>("""
            select h.office_id, h.person_id, h.valid_from, o.email, coalesce(o.division_id = any ((select access.editable_divisions('P1', 'organisation'))::integer[]), false) as may_keep, access.may_grant(o.role_id, o.division_id) as may_grant,
              exists (select from organisation.handover x where x.holding_id = h.id and x.done_at is null) as open
            from organisation.office_holding h join organisation.office o on o.id = h.office_id where h.id = @HoldingId
            """, input, ct);
        if (holding is not { MayKeep: true }) return new Refusal("Ämter dieser Gliederung können Sie nicht übergeben");
        if (!holding.MayGrant) return new Refusal("Dieses Amt darf mehr, als Sie hier selbst dürfen. Bitten Sie die Landesgeschäftsführung darum");
        if (holding.Open) return new Refusal("Für dieses Amt läuft schon eine Übergabe");
        if (input.PersonId == holding.PersonId) return new Refusal("Diese Person hat das Amt schon. Wählen Sie eine andere", nameof(Input.PersonId));
        if (input.PersonId == actor.PersonId) return new Refusal("Sich selbst übergibt niemand ein Amt. Bitten Sie jemanden, der die Ämter führt", nameof(Input.PersonId));
        if (!await db.ScalarAsync<bool>("select organisation.may_be_named(@PersonId, @HoldingId)", input, ct)) return new Refusal("Diese Person gibt es nicht, oder Sie dürfen sie nicht sehen", nameof(Input.PersonId));
        if (input.SwitchOn <= holding.ValidFrom) return new Refusal($"Das Amt begann am {holding.ValidFrom:d.M.yyyy}, so früh kann es nicht wechseln", nameof(Input.SwitchOn));
        if (input.JointTo < input.SwitchOn) return new Refusal("Die gemeinsame Zeit endet vor dem Wechsel. Prüfen Sie beide Daten", nameof(Input.JointTo));
        if (input.TermTo < input.SwitchOn) return new Refusal("Die Amtszeit endet vor dem Wechsel. Prüfen Sie beide Daten", nameof(Input.TermTo));
        IEnumerable<string> own = (input.Items ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] items = [.. Always, .. holding.Email is { } mail ? [$"Zugang zum Postfach {mail} übergeben; es gehört zum Amt"] : Array.Empty<string>(), .. own];
        return await db.InTransactionAsync<Outcome<int>>(async () =>
        {
            var id = await db.ScalarAsync<int>("""
                insert into organisation.handover (holding_id, person_id, switch_on, joint_to, term_to, started_by) values (@HoldingId, @PersonId, @SwitchOn, @JointTo, @TermTo, access.person_id()) returning id
                """, input, ct);
            await db.ExecuteAsync("insert into organisation.handover_item (handover_id, title) select @id, unnest(@items)", new { id, items }, ct);
            return id;
        }, ct);
    }

    /// <summary>Ticks a point, or takes the tick away. Either side may, and who keeps the offices.</summary>
    public async Task<Outcome<int>> TickAsync(int item, bool done, CancellationToken ct = default) =>
        await db.ExecuteAsync("update organisation.handover_item set done_at = case when @done then now() end, done_by = case when @done then access.person_id() end where id = @item", new { item, done }, ct) == 1 ? item
            : new Refusal("Diesen Punkt können Sie nicht abhaken");

    /// <summary>
    /// Completes a handover whose list is done: the old holder's term ends, the new one's begins, on the agreed day or, where the list
    /// was late, today. Rights, tasks and mailbox follow in the same transaction. Returns the first day of the new holder.
    /// </summary>
    public Task<Outcome<DateOnly>> CompleteAsync(int id, CancellationToken ct = default) => db.InTransactionAsync<Outcome<DateOnly>>(async () =>
    {
        var handover = await db.SingleAsync<Handover>("""
            select x.holding_id, h.office_id, x.person_id, x.switch_on, x.joint_to, x.term_to, h.valid_from as held_from from organisation.handover x join organisation.office_holding h on h.id = x.holding_id join organisation.office o on o.id = h.office_id
            where x.id = @id and x.done_at is null and o.division_id = any ((select access.editable_divisions('P1', 'organisation'))::integer[])
            """, new { id }, ct);
        if (handover is null) return new Refusal("Diese Übergabe können Sie nicht abschließen");
        if (handover.PersonId == actor.PersonId) return new Refusal("Sich selbst setzt niemand in ein Amt ein. Bitten Sie jemanden, der die Ämter führt");
        var open = await db.QueryAsync<string>("select title from organisation.handover_item where handover_id = @id and done_at is null order by id", new { id }, ct);
        if (open.Count > 0) return new Refusal(open.Count == 1 ? $"Ein Punkt ist noch offen: {open[0]}" : $"{open.Count} Punkte sind noch offen, als Erstes: {open[0]}");
        var day = handover.SwitchOn > Today ? handover.SwitchOn : Today;
        var last = handover.JointTo >= day ? handover.JointTo.Value : day.AddDays(-1);
        var values = new { id, handover.HoldingId, handover.OfficeId, handover.PersonId, day, last = last < handover.HeldFrom ? handover.HeldFrom : last, term = handover.TermTo >= day ? handover.TermTo : null };
        if (await db.ScalarAsync<bool>("select exists (select from organisation.office_holding where office_id = @OfficeId and person_id = @PersonId and daterange(valid_from, valid_to, '[]') && daterange(@day, @term, '[]'))", values, ct))
            return new Refusal("Diese Person hat das Amt in dieser Zeit schon");
        await db.ExecuteAsync("update organisation.office_holding set valid_to = @last where id = @HoldingId", values, ct);
        await db.ExecuteAsync("""
            with taken as (insert into organisation.office_holding (office_id, person_id, valid_from, valid_to) values (@OfficeId, @PersonId, @day, @term) returning id)
            update organisation.handover set done_at = now(), done_by = access.person_id(), new_holding_id = (select id from taken) where id = @id
            """, values, ct);
        return day;
    }, ct);

    /// <summary>Stops a handover that is not completed; everything stays as it was.</summary>
    public async Task<Outcome<int>> StopAsync(int id, CancellationToken ct = default) =>
        await db.ExecuteAsync("delete from organisation.handover where id = @id and done_at is null", new { id }, ct) == 1 ? id : new Refusal("Diese Übergabe können Sie nicht abbrechen");
}
