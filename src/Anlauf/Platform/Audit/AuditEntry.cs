using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Anlauf.Platform.Audit;

/// <summary>One entry of the audit as it stands in the chain. It names keys and columns, never a value of a person.</summary>
/// <param name="Chain">"change" or "access".</param>
/// <param name="Position">Place in the chain, from 1, without gaps.</param>
/// <param name="At">Instant, UTC, microseconds.</param>
/// <param name="Actor">Id of the acting person, "system", "sign-in" or "database".</param>
/// <param name="Action">insert, update, delete, read, export, retention, erase.</param>
/// <param name="Object">Table ("organisation.person") or route.</param>
/// <param name="Key">Primary key as JSON, or values of the route.</param>
/// <param name="Columns">Columns that changed.</param>
/// <param name="SubjectId">The person it is about.</param>
/// <param name="DivisionId">Division of the row.</param>
/// <param name="ReasonId">Why, where a reason was asked for.</param>
/// <param name="Origin">Kind of access, network and route.</param>
/// <param name="Hash">Link to the entry before.</param>
public sealed record AuditEntry(string Chain, long Position, DateTime At, string Actor, string Action, string Object, string? Key, string[]? Columns,
    int? SubjectId, int? DivisionId, string? ReasonId, string Origin, byte[] Hash)
{
    /// <summary>SHA-256 over the hash of the entry before and this entry's fields; the same as <c>audit.link</c> computes in the database.</summary>
    public byte[] Link(ReadOnlySpan<byte> previous)
    {
        string[] fields =
        [
            Chain, Number(Position), Number((At.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond), Actor, Action, Object, Key ?? "",
            string.Join(',', Columns ?? []), SubjectId is { } s ? Number(s) : "", DivisionId is { } d ? Number(d) : "", ReasonId ?? "", Origin,
        ];
        return SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(string.Join('\u001f', fields))]);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Both ends of a chain.</summary>
/// <param name="Name">"change" or "access".</param>
/// <param name="Position">Newest entry; equal to the start where the chain is empty.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="StartPosition">Newest entry that retention removed; 0 where none was.</param>
/// <param name="StartHash">Its hash: what the first kept entry links to.</param>
public sealed record ChainEnds(string Name, long Position, byte[] Hash, long StartPosition, byte[] StartHash);
