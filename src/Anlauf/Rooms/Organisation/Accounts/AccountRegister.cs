using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation.Accounts;

/// <summary>Accounts of those whose offices the acting person administers. Read through a function of the database: the table itself stays closed.</summary>
public sealed class AccountRegister(Db db)
{
    /// <param name="LockedForGood">Locked by somebody until it is taken back; <paramref name="LockedUntil"/> is the short lock after wrong passwords.</param>
    /// <param name="Devices">Passkeys.</param>
    /// <param name="SecondFactorMissing">Required, by the account or a role, and not yet set up.</param>
    /// <param name="InvitedUntil">A link waits to be used until then (UTC).</param>
    /// <param name="Offices">„Kreisvorsitz, KV Mittelsachsen“, those held today.</param>
    public sealed record Row(int Id, int PersonId, string Person, string Division, string UserName, DateTime CreatedAt, DateTime? LastSignedInAt, bool LockedForGood, DateTime? LockedUntil,
        bool CodeApp, int Devices, bool SecondFactorRequired, bool SecondFactorMissing, int Sessions, DateTime? InvitedUntil, string[] Offices);

    /// <summary>All accounts within reach, by name.</summary>
    public Task<IReadOnlyList<Row>> ListAsync(CancellationToken ct = default) =>
        db.QueryAsync<Row>("select * from organisation.accounts() order by person collate \"de-x-icu\", id", ct: ct);

    /// <summary>One account, or null where it is not within reach.</summary>
    public Task<Row?> FindAsync(int account, CancellationToken ct = default) =>
        db.SingleAsync<Row>("select * from organisation.accounts() where id = @account", new { account }, ct);

    /// <summary>People with an office and without an account.</summary>
    public Task<IReadOnlyList<(int Id, string Name)>> WithoutAsync(CancellationToken ct = default) =>
        db.QueryAsync<(int, string)>("select id, name from organisation.without_account()", ct: ct);
}
