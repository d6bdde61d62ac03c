using System.Text.Encodings.Web;
using System.Text.Json;

namespace Anlauf.Rooms.Portal;

/// <summary>
/// All that the process outside knows of the association: whose box it is, the public key to seal with, and who is responsible. Nothing
/// of it is a secret except the connection, and that opens a slot that takes messages and gives none.
/// </summary>
/// <param name="DivisionId">Whose box the messages go into.</param>
/// <param name="Association">Name over the form.</param>
/// <param name="KeyId">Number of the key in the key file inside.</param>
/// <param name="PublicKey">Point on P-256, 65 bytes.</param>
/// <param name="Controller">Who is responsible (Art. 13 Abs. 1 Buchst. a GDPR), with address.</param>
/// <param name="Contact">How to reach the responsible association.</param>
/// <param name="OfficerContact">How to reach the data protection officer.</param>
/// <param name="Recipients">Who reads a message.</param>
/// <param name="Kept">How long it is kept, in words.</param>
/// <param name="Site">Address at which people reach the form; null where nobody has said, then addresses are not confirmed.</param>
/// <param name="Connection">Connection string of the role anlauf_portal; null where it is given on the command line or by the environment.</param>
public sealed record PortalFile(int DivisionId, string Association, int KeyId, byte[] PublicKey, string Controller, string Address, string Contact, string OfficerContact, string Recipients, string Kept, string? Connection = null, string? Site = null)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the file; null where it is none.</summary>
    public static PortalFile? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<PortalFile>(File.ReadAllText(path), Readable) is { PublicKey.Length: 65, Association.Length: > 0 } file ? file : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the file, readable by its owner alone.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(path, options);
        JsonSerializer.Serialize(stream, this, Readable);
    }
}
