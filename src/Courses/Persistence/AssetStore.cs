using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Persistence;

/// <summary>
/// The bytes of the courses' files under their hash: the same file is kept once, and no given name ever becomes a path. They lie on disk, or in
/// a bucket when <c>Assets:S3:Endpoint</c> is set.
/// <para>Bytes that nobody refers to are put aside under another name before they are removed for good, and are read from there until then: an
/// upload that found them in their place a moment before loses nothing, whichever node it was on.</para>
/// </summary>
internal sealed class AssetStore : IDisposable
{
    /// <summary>Ends the name of bytes that are to be removed.</summary>
    public const string Aside = ".aside";

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
        ? new FileStream(FileOf(hash)!, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan })
        : new BucketStream(bucket, KeyOf(hash), KeyOf(hash) + Aside, length);

    /// <summary>What is kept, in no order. On disk the halves of files that were never finished come along, with no hash.</summary>
    public IAsyncEnumerable<StoredBytes> All(CancellationToken ct) => bucket is null ? AllFiles().ToAsyncEnumerable() : AllObjects(bucket, ct);

    /// <summary>Puts bytes aside: whoever opens them still finds them, whoever puts them anew gets them in their place. No error when they are gone.</summary>
    /// <param name="now">From when on they lie aside.</param>
    public Task PutAside(StoredBytes bytes, DateTimeOffset now, CancellationToken ct) => Rename(bytes.Name, bytes.Name + Aside, now, ct);

    /// <summary>Puts bytes that lie aside in their place again.</summary>
    public Task TakeBack(StoredBytes bytes, DateTimeOffset now, CancellationToken ct) => Rename(bytes.Name, bytes.Name[..^Aside.Length], now, ct);

    /// <summary>Takes bytes away for good; it is no error when they are not there. Whoever asks knows that nobody refers to them.</summary>
    public async Task Remove(StoredBytes bytes, CancellationToken ct)
    {
        if (bucket is not null)
            await bucket.Delete(bytes.Name, ct);
        else
            File.Delete(Path.Combine(folder, bytes.Name));
    }

    /// <summary>A folder on this machine, for what is made from the files or waits to become some.</summary>
    public string FolderFor(string purpose) => Directory.CreateDirectory(Path.Combine(folder, purpose)).FullName;

    /// <summary>Where the bytes of a hash lie on disk; null: they are in a bucket.</summary>
    public string? FileOf(string hash)
    {
        if (bucket is not null)
            return null;
        var path = PathOf(hash);
        return !File.Exists(path) && File.Exists(path + Aside) ? path + Aside : path;
    }

    public void Dispose() => bucket?.Dispose();

    private async Task Rename(string from, string to, DateTimeOffset now, CancellationToken ct)
    {
        if (bucket is not null)
        {
            if (await bucket.Copy(from, to, ct))
                await bucket.Delete(from, ct);
            return;
        }

        try
        {
            File.SetLastWriteTimeUtc(Path.Combine(folder, from), now.UtcDateTime);
            File.Move(Path.Combine(folder, from), Path.Combine(folder, to), overwrite: true);
        }
        catch (FileNotFoundException)
        {
            // Another node was quicker.
        }
    }

    private IEnumerable<StoredBytes> AllFiles() =>
        from place in Directory.Exists(folder) ? Directory.EnumerateDirectories(folder, "??") : []
        from file in new DirectoryInfo(place).EnumerateFiles()
        let bytes = StoredBytes.Of(Path.GetRelativePath(folder, file.FullName), new(file.LastWriteTimeUtc, TimeSpan.Zero))
        where bytes is not null
        select bytes;

    private static async IAsyncEnumerable<StoredBytes> AllObjects(Bucket bucket, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var (key, at) in bucket.List(ct))
        {
            if (StoredBytes.Of(key, at) is { Hash: not null } bytes)
                yield return bytes;
        }
    }

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

/// <summary>Bytes in the store.</summary>
/// <param name="Name">Below the store's folder or prefix.</param>
/// <param name="Hash">SHA-256, lower-case hex; null: not the whole of a file.</param>
/// <param name="At">When they were written there, or put aside.</param>
internal sealed partial record StoredBytes(string Name, string? Hash, bool IsAside, DateTimeOffset At)
{
    /// <summary>Null: the name is none that the store gives, and whatever it is, it is not ours.</summary>
    public static StoredBytes? Of(string name, DateTimeOffset at)
    {
        if (Ours().Match(name) is not { Success: true } match)
            return null;
        var isWhole = match.Groups["more"].Length == 0;
        var isAside = match.Groups["more"].Value == AssetStore.Aside;
        return new(name, isWhole || isAside ? match.Groups["hash"].Value : null, isAside, at);
    }

    [GeneratedRegex(@"^(?<start>[0-9a-f]{2})[/\\](?<hash>\k<start>[0-9a-f]{62})(?<more>(\.[a-z0-9]+)*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ours();
}
