using System.IO.Compression;

namespace Anlauf.Planning.Certificates;

/// <summary>The bytes of a proof stored as base64 of deflated bytes, and whether something stands behind their end.</summary>
internal sealed class WholeProof : IDisposable
{
    private readonly Packed _packed;

    /// <summary>Begins to read.</summary>
    /// <exception cref="FormatException">no base64</exception>
    public WholeProof(string proof)
    {
        _packed = new(Convert.FromBase64String(proof));
        Bytes = new BufferedStream(new DeflateStream(_packed, CompressionMode.Decompress), 1 << 16);
    }

    /// <summary>The proof itself.</summary>
    public Stream Bytes { get; }

    /// <summary>True when all was read and nothing is left over, neither unpacked nor behind the end of the packed bytes.</summary>
    public bool IsAtEnd() => Bytes.ReadByte() < 0 && _packed.IsAtEnd;

    /// <inheritdoc/>
    public void Dispose() => Bytes.Dispose();

    /// <summary>Hands out the last bytes one by one: who unpacks asks for those behind the end only if there is no end yet.</summary>
    private sealed class Packed(byte[] bytes) : Stream
    {
        private const int OneByOne = 32;
        private int _position;

        public bool IsAtEnd => _position == bytes.Length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var left = bytes.Length - _position;
            var taken = Math.Min(buffer.Length, left > OneByOne ? left - OneByOne : Math.Min(1, left));
            bytes.AsSpan(_position, taken).CopyTo(buffer);
            _position += taken;
            return taken;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
