using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.Configuration;
using MoocPlatform.Kernel;

namespace MoocPlatform.Courses.Persistence;

/// <summary>Where a bucket is and who we are there; settings under <c>Assets:S3:</c>.</summary>
/// <param name="Endpoint">Address of the service without the bucket's name, such as <c>https://s3.eu-central-1.amazonaws.com</c>.</param>
/// <param name="Prefix">Put before every key, ending in a slash; may be empty.</param>
internal sealed record BucketSettings(Uri Endpoint, string Name, string Region, string AccessKey, string SecretKey, string Prefix)
{
    /// <summary>Null: the files lie on disk.</summary>
    public static BucketSettings? From(IConfiguration configuration)
    {
        if (configuration["Assets:S3:Endpoint"] is not { Length: > 0 } endpoint)
            return null;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new SettingMissing($"Assets:S3:Endpoint is {endpoint}: it is the address of an S3 service, such as https://s3.example.org.");
        var prefix = (configuration["Assets:S3:Prefix"] ?? "").Trim('/');
        return new(
            address, Needed("Bucket"), configuration["Assets:S3:Region"] is { Length: > 0 } region ? region : "us-east-1",
            Needed("AccessKey"), Needed("SecretKey"), prefix.Length == 0 ? "" : prefix + "/");

        string Needed(string name) => configuration[$"Assets:S3:{name}"] is { Length: > 0 } value
            ? value
            : throw new SettingMissing($"Assets:S3:{name} is missing: the courses' files are to lie in a bucket (Assets:S3:Endpoint), and this is needed to reach it.");
    }
}

/// <summary>
/// As much of the S3 API as a store of immutable files needs: PUT, GET with a range, HEAD, copy and DELETE of an object, addressed by path, and
/// ListObjectsV2.
/// Signed as "Authenticating Requests (AWS Signature Version 4)" of the Amazon S3 API Reference tells, in the Authorization header, with the
/// hash of the body in it, so that what arrives is what was sent.
/// </summary>
internal sealed class Bucket(BucketSettings settings, TimeProvider clock) : IDisposable
{
    /// <summary>SHA-256 of nothing, lower-case hex.</summary>
    private const string NoBody = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Algorithm = "AWS4-HMAC-SHA256";

    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        Timeout = TimeSpan.FromMinutes(5),
    };

    public async Task<bool> Has(string key, CancellationToken ct)
    {
        using var response = await Send(HttpMethod.Head, key, NoBody, null, null, ct);
        return response.StatusCode != HttpStatusCode.NotFound && Checked(response, key).IsSuccessStatusCode;
    }

    /// <param name="hash">SHA-256 of the bytes, lower-case hex.</param>
    public async Task Put(string key, Stream bytes, string hash, CancellationToken ct)
    {
        using var content = new StreamContent(new Borrowed(bytes));
        content.Headers.ContentLength = bytes.Length - bytes.Position;
        using var response = await Send(HttpMethod.Put, key, hash, content, null, ct);
        Checked(response, key);
    }

    /// <summary>The object from a byte on, to its end. Whoever asks disposes of the answer.</summary>
    /// <param name="otherwise">The object to take when there is none of that key.</param>
    public async Task<HttpResponseMessage> Get(string key, string? otherwise, long from, CancellationToken ct)
    {
        var response = await Send(HttpMethod.Get, key, NoBody, null, from == 0 ? null : new RangeHeaderValue(from, null), ct);
        if (response.StatusCode == HttpStatusCode.NotFound && otherwise is not null)
        {
            response.Dispose();
            return await Get(otherwise, null, from, ct);
        }

        if (from > 0 && response.StatusCode != HttpStatusCode.PartialContent)
        {
            using (response)
                throw new IOException($"The bucket answered {(int)response.StatusCode} to a range of {key}.");
        }

        return Checked(response, key);
    }

    /// <summary>Writes an object again under another key. False: there is none.</summary>
    public async Task<bool> Copy(string from, string to, CancellationToken ct)
    {
        var source = $"/{Encoded(settings.Name)}/{Path(from)}";
        using var response = await Send(HttpMethod.Put, to, NoBody, null, null, ct, copySource: source);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return false;
        // Once the copying has begun, an error comes with status 200.
        if ((await Checked(response, to).Content.ReadAsStringAsync(ct)).Contains("<Error>", StringComparison.Ordinal))
            throw new IOException($"The bucket did not copy {from}.");
        return true;
    }

    /// <summary>The keys below the prefix, without it, and when each was written.</summary>
    public async IAsyncEnumerable<(string Key, DateTimeOffset At)> List([EnumeratorCancellation] CancellationToken ct)
    {
        for (string? more = null; ;)
        {
            var query = (more is null ? "" : $"continuation-token={Encoded(more)}&") + $"list-type=2&prefix={Encoded(settings.Prefix)}";
            XElement page;
            using (var response = Checked(await Send(HttpMethod.Get, null, NoBody, null, null, ct, query), "the list"))
                page = await XElement.LoadAsync(await response.Content.ReadAsStreamAsync(ct), LoadOptions.None, ct);
            var space = page.Name.Namespace;
            foreach (var found in page.Elements(space + "Contents"))
                yield return (found.Element(space + "Key")!.Value[settings.Prefix.Length..], DateTimeOffset.Parse(found.Element(space + "LastModified")!.Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
            if (page.Element(space + "IsTruncated")?.Value != "true" || (more = page.Element(space + "NextContinuationToken")?.Value) is null)
                yield break;
        }
    }

    public async Task Delete(string key, CancellationToken ct)
    {
        using var response = await Send(HttpMethod.Delete, key, NoBody, null, null, ct);
        if (response.StatusCode != HttpStatusCode.NotFound)
            Checked(response, key);
    }

    public void Dispose() => client.Dispose();

    /// <param name="key">Null: the bucket itself.</param>
    /// <param name="query">In the order of the names, percent-encoded.</param>
    private async Task<HttpResponseMessage> Send(HttpMethod method, string? key, string hash, HttpContent? body, RangeHeaderValue? range, CancellationToken ct, string query = "", string? copySource = null)
    {
        var path = $"{settings.Endpoint.AbsolutePath.TrimEnd('/')}/{Encoded(settings.Name)}{(key is null ? "" : "/" + Path(key))}";
        using var request = new HttpRequestMessage(method, new Uri(settings.Endpoint.GetLeftPart(UriPartial.Authority) + path + (query.Length == 0 ? "" : "?" + query))) { Content = body };
        request.Headers.Range = range;
        var now = clock.GetUtcNow();
        var moment = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("x-amz-date", moment);
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", hash);
        if (copySource is not null)
            request.Headers.TryAddWithoutValidation("x-amz-copy-source", copySource);
        request.Headers.TryAddWithoutValidation("Authorization", Authorization(settings, method.Method, path, query, request.RequestUri!.Authority, moment, hash, copySource));
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    private string Path(string key) => string.Join('/', (settings.Prefix + key).Split('/').Select(Encoded));

    /// <summary>The Authorization header of a request.</summary>
    /// <param name="path">As it is sent: each part percent-encoded once.</param>
    /// <param name="query">As it is sent, in the order of the names; may be empty.</param>
    /// <param name="host">With its port when it is not the scheme's own.</param>
    /// <param name="moment">UTC, <c>20261102T100000Z</c>.</param>
    /// <param name="hash">SHA-256 of the body, lower-case hex.</param>
    /// <param name="copySource">What is sent as x-amz-copy-source; null: nothing.</param>
    private static string Authorization(BucketSettings settings, string method, string path, string query, string host, string moment, string hash, string? copySource)
    {
        var (source, sourceName) = copySource is null ? ("", "") : ($"x-amz-copy-source:{copySource}\n", "x-amz-copy-source;");
        var signed = $"host;x-amz-content-sha256;{sourceName}x-amz-date";
        var scope = $"{moment[..8]}/{settings.Region}/s3/aws4_request";
        var canonical = $"{method}\n{path}\n{query}\nhost:{host}\nx-amz-content-sha256:{hash}\n{source}x-amz-date:{moment}\n\n{signed}\n{hash}";
        var toSign = $"{Algorithm}\n{moment}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + settings.SecretKey), moment[..8]), settings.Region), "s3"), "aws4_request");
        return $"{Algorithm} Credential={settings.AccessKey}/{scope},SignedHeaders={signed},Signature={Convert.ToHexStringLower(Mac(key, toSign))}";
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    // Unreserved characters of RFC 3986 stay, all else is %XX: what the signature wants and what Uri leaves as it is.
    private static string Encoded(string part) => Uri.EscapeDataString(part);

    private static HttpResponseMessage Checked(HttpResponseMessage response, string key)
    {
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw new IOException($"The bucket answered {(int)response.StatusCode} {response.ReasonPhrase} for {key}. Look at Assets:S3 in the settings.");
    }

    // StreamContent closes what it was given; the bytes are not ours to close.
    private sealed class Borrowed(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => inner.CanSeek;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => inner.Position = value; }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
