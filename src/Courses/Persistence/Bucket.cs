using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
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
/// As much of the S3 API as a store of immutable files needs: PUT, GET with a range, HEAD and DELETE of an object, addressed by path.
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
    public async Task<HttpResponseMessage> Get(string key, long from, CancellationToken ct)
    {
        var response = await Send(HttpMethod.Get, key, NoBody, null, from == 0 ? null : new RangeHeaderValue(from, null), ct);
        if (from > 0 && response.StatusCode != HttpStatusCode.PartialContent)
        {
            using (response)
                throw new IOException($"The bucket answered {(int)response.StatusCode} to a range of {key}.");
        }

        return Checked(response, key);
    }

    public async Task Delete(string key, CancellationToken ct)
    {
        using var response = await Send(HttpMethod.Delete, key, NoBody, null, null, ct);
        if (response.StatusCode != HttpStatusCode.NotFound)
            Checked(response, key);
    }

    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> Send(HttpMethod method, string key, string hash, HttpContent? body, RangeHeaderValue? range, CancellationToken ct)
    {
        var path = $"{settings.Endpoint.AbsolutePath.TrimEnd('/')}/{Encoded(settings.Name)}/{string.Join('/', (settings.Prefix + key).Split('/').Select(Encoded))}";
        using var request = new HttpRequestMessage(method, new Uri(settings.Endpoint.GetLeftPart(UriPartial.Authority) + path)) { Content = body };
        request.Headers.Range = range;
        var now = clock.GetUtcNow();
        var moment = now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("x-amz-date", moment);
        request.Headers.TryAddWithoutValidation("x-amz-content-sha256", hash);
        request.Headers.TryAddWithoutValidation("Authorization", Authorization(settings, method.Method, path, request.RequestUri!.Authority, moment, hash));
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    /// <summary>The Authorization header of a request without a query string.</summary>
    /// <param name="path">As it is sent: each part percent-encoded once.</param>
    /// <param name="host">With its port when it is not the scheme's own.</param>
    /// <param name="moment">UTC, <c>20261102T100000Z</c>.</param>
    /// <param name="hash">SHA-256 of the body, lower-case hex.</param>
    public static string Authorization(BucketSettings settings, string method, string path, string host, string moment, string hash)
    {
        const string Signed = "host;x-amz-content-sha256;x-amz-date";
        var scope = $"{moment[..8]}/{settings.Region}/s3/aws4_request";
        var canonical = $"{method}\n{path}\n\nhost:{host}\nx-amz-content-sha256:{hash}\nx-amz-date:{moment}\n\n{Signed}\n{hash}";
        var toSign = $"{Algorithm}\n{moment}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + settings.SecretKey), moment[..8]), settings.Region), "s3"), "aws4_request");
        return $"{Algorithm} Credential={settings.AccessKey}/{scope},SignedHeaders={Signed},Signature={Convert.ToHexStringLower(Mac(key, toSign))}";
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
