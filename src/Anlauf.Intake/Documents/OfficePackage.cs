using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;

namespace Anlauf.Intake.Documents;

/// <summary>A DOCX or ODT file: a ZIP archive of XML parts, unpacked within limits, without document type definitions and without opening archives inside it.</summary>
internal sealed class OfficePackage : IDisposable
{
    private readonly string fileName;
    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> parts = new(StringComparer.OrdinalIgnoreCase);
    private long unpacked;

    /// <exception cref="UnreadableDocumentException">The archive is cut off or its directory does not fit.</exception>
    public OfficePackage(string fileName, ReadOnlyMemory<byte> content)
    {
        this.fileName = fileName;
        var stream = MemoryMarshal.TryGetArray(content, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read);
            foreach (var entry in archive.Entries) parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }
        catch (Exception broken) when (IsDamage(broken))
        {
            throw Unreadable.Damaged(fileName, "Dokument");
        }
    }

    public bool Has(string part) => parts.ContainsKey(part);

    public bool HasBelow(string folder) => parts.Keys.Any(name => name.StartsWith(folder, StringComparison.OrdinalIgnoreCase));

    /// <summary>The root element of a part, or null where the package has no such part.</summary>
    public XElement? Xml(string part)
    {
        if (Bytes(part) is not { } bytes) return null;
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            RefuseEndlessNesting(bytes, settings);
            using var reader = XmlReader.Create(new MemoryStream(bytes, writable: false), settings);
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root;
        }
        catch (XmlException broken)
        {
            // the framework has no code of its own for a prohibited definition; its message names the setting
            throw broken.Message.Contains("DTD", StringComparison.Ordinal) ? Unreadable.ForbiddenXml(fileName) : Unreadable.Damaged(fileName, "Dokument");
        }
        catch (Exception broken) when (IsDamage(broken))
        {
            throw Unreadable.Damaged(fileName, "Dokument");
        }
    }

    /// <summary>A part unpacked, never trusting the sizes the archive states; null where absent.</summary>
    public byte[]? Bytes(string part)
    {
        if (!parts.TryGetValue(part, out var entry)) return null;
        try
        {
            using var packed = entry.Open();
            var buffer = new MemoryStream();
            var chunk = new byte[81920];
            for (int read; (read = packed.Read(chunk)) > 0;)
            {
                buffer.Write(chunk, 0, read);
                unpacked += read;
                if (buffer.Length > DocumentLimits.XmlPartBytes || unpacked > DocumentLimits.TotalPartBytes || IsBomb(buffer.Length, entry.CompressedLength))
                    throw Unreadable.UnpacksTooFar(fileName);
            }
            return buffer.ToArray();
        }
        catch (Exception broken) when (IsDamage(broken))
        {
            throw Unreadable.Damaged(fileName, "Dokument");
        }
    }

    public void Dispose() => archive.Dispose();

    /// <summary>The readers walk a part recursively; this keeps them shallow.</summary>
    private void RefuseEndlessNesting(byte[] part, XmlReaderSettings settings)
    {
        using var reader = XmlReader.Create(new MemoryStream(part, writable: false), settings);
        while (reader.Read())
            if (reader.Depth > DocumentLimits.NestingDepth) throw Unreadable.NestedTooDeep(fileName);
    }

    private static bool IsBomb(long unpacked, long packed) =>
        unpacked > DocumentLimits.RatioMattersFrom && unpacked > DocumentLimits.PackingRatio * Math.Max(1, packed);

    /// <summary>What the framework throws for archives that do not fit together (also for encrypted or unknown packing and impossible offsets and dates).</summary>
    private static bool IsDamage(Exception e) =>
        e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException or InvalidOperationException;
}
