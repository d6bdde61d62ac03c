using System.Text.Encodings.Web;
using System.Text.Json;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Portal;

/// <summary>What somebody writes to the association. It leaves the process outside in sealed form only.</summary>
/// <param name="Contact">E-mail address or telephone number, as the person gave it.</param>
/// <param name="PostalCode">Five digits.</param>
/// <param name="Consent">The sentence that was agreed to, word for word.</param>
/// <param name="WrittenAt">When it was agreed to and sent.</param>
public sealed record Letter(string Name, string Contact, string PostalCode, string Text, string Consent, DateTimeOffset WrittenAt)
{
    internal const string Column = "portal.message.content";
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sealed for an association, bound to the number of the message. A multiple of 256 bytes, so that its length tells little.</summary>
    public byte[] SealFor(PortalFile portal, Guid message)
    {
        ArgumentNullException.ThrowIfNull(portal);
        var text = JsonSerializer.Serialize(this, Plain);
        var length = System.Text.Encoding.UTF8.GetByteCount(text);
        // white space behind a JSON object says nothing
        return Sealing.Seal(portal.PublicKey, portal.KeyId, text + new string(' ', 255 - (length + 255) % 256), Column, message.ToString());
    }

    /// <summary>Opens what came in; the key is inside only.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Changed on the way, or the key is missing.</exception>
    public static Letter Open(FieldCipher cipher, byte[] content, Guid message)
    {
        ArgumentNullException.ThrowIfNull(cipher);
        return JsonSerializer.Deserialize<Letter>(cipher.Decrypt(content, Column, message.ToString())!, Plain)!;
    }
}
