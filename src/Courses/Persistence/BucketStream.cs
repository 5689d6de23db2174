namespace MoocPlatform.Courses.Persistence;

/// <summary>
/// An object of a bucket, read from wherever one stands: nothing is asked for before the first byte is read, and after a jump the rest is asked
/// for from there, so that a range of a long file costs that range.
/// </summary>
/// <param name="otherwise">Where the object lies when it is not under its key.</param>
internal sealed class BucketStream(Bucket bucket, string key, string otherwise, long length) : Stream
{
    private HttpResponseMessage? response;
    private Stream? body;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set
        {
            if (value == position)
                return;
            Drop();
            position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= length || buffer.IsEmpty)
            return 0;
        if (body is null)
        {
            response = await bucket.Get(key, otherwise, position, cancellationToken);
            body = await response.Content.ReadAsStreamAsync(cancellationToken);
        }

        var read = await body.ReadAsync(buffer, cancellationToken);
        if (read == 0)
            throw new EndOfStreamException($"{key} ended after {position} of {length} bytes.");
        position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It comes over the network: read it asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Drop();
        base.Dispose(disposing);
    }

    private void Drop()
    {
        body?.Dispose();
        response?.Dispose();
        (body, response) = (null, null);
    }
}
