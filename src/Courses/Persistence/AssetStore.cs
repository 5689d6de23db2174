using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Persistence;

/// <summary>The bytes of the courses' files, on disk under their hash: the same file is kept once, and no given name ever becomes a path.</summary>
internal sealed class AssetStore(IConfiguration configuration, Database database)
{
    private readonly string folder = Path.GetFullPath(configuration["Assets:Folder"] is { Length: > 0 } chosen
        ? chosen
        : database.IsSqlite ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(database.SqlitePath))!, "assets") : Path.Combine("data", "assets"));

    /// <summary>Keeps the bytes. Answers their SHA-256 in lower-case hex and their number.</summary>
    public async Task<(string Hash, long Length)> Put(Stream bytes, CancellationToken ct)
    {
        bytes.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, ct));
        var path = PathOf(hash);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var half = path + "." + Path.GetRandomFileName();
            bytes.Position = 0;
            await using (var file = new FileStream(half, FileMode.CreateNew))
            {
                await bytes.CopyToAsync(file, ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(half, path, overwrite: true);
        }

        return (hash, bytes.Length);
    }

    /// <summary>A folder beside the files, for what is made from them or waits to become some.</summary>
    public string FolderFor(string purpose) => Directory.CreateDirectory(Path.Combine(folder, purpose)).FullName;

    /// <summary>Where the bytes of a hash lie.</summary>
    public string PathOf(string hash) => Path.Combine(folder, hash[..2], hash);
}
