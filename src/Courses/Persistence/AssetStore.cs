using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Persistence;

/// <summary>
/// The bytes of the courses' files under their hash: the same file is kept once, and no given name ever becomes a path. They lie on disk, or in
/// a bucket when <c>Assets:S3:Endpoint</c> is set.
/// </summary>
internal sealed class AssetStore : IDisposable
{
    private readonly string folder;
    private readonly Bucket? bucket;

    public AssetStore(IConfiguration configuration, Database database, TimeProvider clock)
    {
        folder = Path.GetFullPath(configuration["Assets:Folder"] is { Length: > 0 } chosen
            ? chosen
            : database.IsSqlite ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(database.SqlitePath))!, "assets") : Path.Combine("data", "assets"));
        bucket = BucketSettings.From(configuration) is { } settings ? new(settings, clock) : null;
    }

    /// <summary>Keeps the bytes. Answers their SHA-256 in lower-case hex and their number.</summary>
    public async Task<(string Hash, long Length)> Put(Stream bytes, CancellationToken ct)
    {
        bytes.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, ct));
        bytes.Position = 0;
        if (bucket is null)
            await Write(PathOf(hash), bytes, ct);
        else if (!await bucket.Has(KeyOf(hash), ct))
            await bucket.Put(KeyOf(hash), bytes, hash, ct);
        return (hash, bytes.Length);
    }

    /// <summary>The bytes of a hash, to be read from any place on.</summary>
    /// <param name="length">How many they are.</param>
    public Stream Open(string hash, long length) => bucket is null
        ? new FileStream(PathOf(hash), new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan })
        : new BucketStream(bucket, KeyOf(hash), length);

    /// <summary>Takes the bytes of a hash away; it is no error when they are not there. Whoever asks knows that nobody refers to them.</summary>
    public async Task Remove(string hash, CancellationToken ct)
    {
        if (bucket is not null)
            await bucket.Delete(KeyOf(hash), ct);
        else if (Directory.Exists(Path.GetDirectoryName(PathOf(hash))))
            File.Delete(PathOf(hash));
    }

    /// <summary>A folder on this machine, for what is made from the files or waits to become some.</summary>
    public string FolderFor(string purpose) => Directory.CreateDirectory(Path.Combine(folder, purpose)).FullName;

    /// <summary>Where the bytes of a hash lie on disk; null: they are in a bucket.</summary>
    public string? FileOf(string hash) => bucket is null ? PathOf(hash) : null;

    public void Dispose() => bucket?.Dispose();

    private string PathOf(string hash) => Path.Combine(folder, hash[..2], hash);

    private static string KeyOf(string hash) => $"{hash[..2]}/{hash}";

    private static async Task Write(string path, Stream bytes, CancellationToken ct)
    {
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var half = path + "." + Path.GetRandomFileName();
        await using (var file = new FileStream(half, FileMode.CreateNew))
        {
            await bytes.CopyToAsync(file, ct);
            file.Flush(flushToDisk: true);
        }

        File.Move(half, path, overwrite: true);
    }
}
