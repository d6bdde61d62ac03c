namespace Anlauf.Elections.Spreadsheets;

/// <summary>Reads on until a budget shared by all parts of a package is used up: a small file cannot unfold into an endless one.</summary>
internal sealed class LimitedStream(Stream inner, ByteBudget budget) : Stream
{
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        budget.Spend(read);
        return read;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>How many unpacked bytes a package may still yield.</summary>
internal sealed class ByteBudget(long bytes)
{
    private long left = bytes;

    public void Spend(int count)
    {
        left -= count;
        if (left < 0)
            throw new UnreadableFileException("Die Datei entpackt sich zu einer ungewöhnlich großen Menge und wurde deshalb nicht gelesen. Bitte prüfen Sie, ob es die richtige Datei ist.");
    }
}
