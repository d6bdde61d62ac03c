using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation.Deputies;

/// <summary>Names somebody who acts „in Vertretung“ from a day to a day. The deputy never has more than the holder, and no more once the holder's term ends.</summary>
public sealed class NameDeputy(Db db, Actor actor)
{
    public sealed class Input
    {
        [Required(ErrorMessage = "Wählen Sie, um welches Amt es geht")] public int? HoldingId { get; set; }
        [Required(ErrorMessage = "Wählen Sie, wer die Vertretung übernimmt")] public int? PersonId { get; set; }
        [Required(ErrorMessage = "Nennen Sie den ersten Tag der Vertretung")] public DateOnly? ValidFrom { get; set; }
        [Required(ErrorMessage = "Nennen Sie den letzten Tag der Vertretung")] public DateOnly? ValidTo { get; set; }
        /// <summary>The deputy may also give out lists.</summary>
        public bool WithExport { get; set; }
    }

    private sealed record Holding(int PersonId, bool May, DateOnly? ValidTo);

    /// <summary>Writes the deputy; returns the id.</summary>
    public async Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default)
    {
        if (input.ValidTo < input.ValidFrom) return new Refusal("Das Ende liegt vor dem Anfang. Prüfen Sie beide Daten", nameof(Input.ValidTo));
        if (input.ValidTo > input.ValidFrom!.Value.AddDays(366)) return new Refusal("Eine Vertretung dauert höchstens ein Jahr. Danach wird sie erneuert, oder das Amt wird neu besetzt", nameof(Input.ValidTo));
        var holding = await db.SingleAsync<Holding>("""
            select h.person_id, coalesce(h.person_id = access.person_id() or access.is_system() or o.division_id = any ((select access.divisions_for('P1', 'organisation', 'administer'))::integer[]), false) as may, h.valid_to
            from organisation.office_holding h join organisation.office o on o.id = h.office_id where h.id = @HoldingId
            """, input, ct);
        if (holding is not { May: true }) return new Refusal("Eine Vertretung bestimmt, wer das Amt hat", nameof(Input.HoldingId));
        if (input.PersonId == holding.PersonId) return new Refusal("Sich selbst vertritt niemand. Wählen Sie eine andere Person", nameof(Input.PersonId));
        if (input.PersonId == actor.PersonId) return new Refusal("Sich selbst setzt niemand als Vertretung ein. Bitten Sie die Person, die das Amt hat", nameof(Input.PersonId));
        if (!await db.ScalarAsync<bool>("select organisation.may_be_named(@PersonId, @HoldingId)", input, ct)) return new Refusal("Diese Person gibt es nicht, oder Sie dürfen sie nicht sehen", nameof(Input.PersonId));
        if (holding.ValidTo < input.ValidFrom) return new Refusal($"Das Amt endet am {holding.ValidTo:d.M.yyyy}, also vor der Vertretung", nameof(Input.ValidFrom));
        if (await db.ScalarAsync<bool>("select exists (select from organisation.delegation where holding_id = @HoldingId and person_id = @PersonId and daterange(valid_from, valid_to, '[]') && daterange(@ValidFrom, @ValidTo, '[]'))", input, ct))
            return new Refusal("Diese Person vertritt in dieser Zeit schon", nameof(Input.ValidFrom));
        return await db.ScalarAsync<int>("""
            insert into organisation.delegation (holding_id, person_id, valid_from, valid_to, with_export, created_by) values (@HoldingId, @PersonId, @ValidFrom, @ValidTo, @WithExport, access.person_id()) returning id
            """, input, ct);
    }

    /// <summary>Ends a running one with yesterday, so that the rights are gone at once; one that has not begun is taken away.</summary>
    public async Task<Outcome<int>> EndAsync(int id, CancellationToken ct = default)
    {
        var changed = await db.ExecuteAsync("delete from organisation.delegation where id = @id and valid_from >= current_date", new { id }, ct)
            + await db.ExecuteAsync("update organisation.delegation set valid_to = current_date - 1 where id = @id and valid_from < current_date and valid_to >= current_date", new { id }, ct);
        return changed > 0 ? id : new Refusal("Diese Vertretung können Sie nicht beenden");
    }
}
