using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MoocPlatform.Kernel;

/// <summary>
/// A page that all who stand at the same place get alike but for their own names and tokens: made once a second for <see cref="Anybody"/>,
/// however many of them ask for it. What costs in a page is making it, and in a rush most learners stand where others stand.
/// </summary>
/// <param name="place">All that the page shows of its reader beyond the slots of <see cref="Anybody"/>.</param>
internal sealed class PageForMany(string place) : PageResult
{
    private static readonly byte[] Mark = Encoding.ASCII.GetBytes(Anybody.Mark);

    /// <summary>Whether this reader may get it: nobody with a role on the site, nobody to be told something, no answer to a query.</summary>
    public static bool Serves(HttpContext http) => http.RequestServices.GetRequiredService<PagesForMany>().KeptFor > TimeSpan.Zero
        && http.User.IdOrNull() is not null && !http.User.HasClaim(c => c.Type == ClaimTypes.Role)
        && !http.Request.QueryString.HasValue && !http.Request.Cookies.ContainsKey(http.RequestServices.GetRequiredService<Site>().Cookie("told"));

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var page = await http.RequestServices.GetRequiredService<PagesForMany>().Of(Key(http), () => Make(context), http.RequestAborted);
        http.Response.ContentType = "text/html; charset=utf-8";
        Fill(page.Span, http);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private string Key(HttpContext http)
    {
        var reader = http.RequestServices.GetRequiredService<Reader>();
        return $"many\n{http.Request.Path}\n{CultureInfo.CurrentUICulture.Name}\n{reader.Theme}\n{reader.Zone?.Id}\n{place}";
    }

    private async Task<byte[]> Make(ActionContext context)
    {
        var http = context.HttpContext;
        var (reader, body) = (http.User, http.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        using var made = new MemoryStream();
        try
        {
            http.User = Anybody.Principal;
            http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(made));
            await base.ExecuteResultAsync(context);
            return made.ToArray();
        }
        finally
        {
            http.User = reader;
            http.Features.Set(body);
        }
    }

    private static void Fill(ReadOnlySpan<byte> page, HttpContext http)
    {
        var (self, output) = (http.User.Self()!, http.Response.BodyWriter);
        var key = http.RequestServices.GetRequiredService<TimeProvider>().NewKey();
        var token = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http).RequestToken!;
        var encoder = http.RequestServices.GetRequiredService<HtmlEncoder>();
        for (var at = page.IndexOf(Mark); at >= 0; at = page.IndexOf(Mark))
        {
            output.Write(page[..at]);
            var words = (Anybody.Slot)(page[at + Mark.Length] - '0') switch
            {
                Anybody.Slot.Id => self.Id.ToString("N"),
                Anybody.Slot.Key => key.ToString("N"),
                Anybody.Slot.Name => encoder.Encode(self.Name),
                Anybody.Slot.Initials => encoder.Encode(self.Initials),
                Anybody.Slot.Hue => encoder.Encode(self.Hue),
                Anybody.Slot.Token => token,
                var other => throw new InvalidOperationException($"Nothing stands for the mark {other}."),
            };
            Encoding.UTF8.GetBytes(words, output);
            page = page[(at + Mark.Length + 1)..];
        }

        output.Write(page);
    }
}

/// <summary>Where such pages are kept: with those of visitors, and forgotten with them.</summary>
internal sealed class PagesForMany(IOutputCacheStore store, IConfiguration configuration, TimeProvider clock)
{
    private static readonly string[] Tags = [KeptForVisitorsAttribute.Tag];

    private readonly ConcurrentDictionary<string, TaskCompletionSource<Made>> making = new(StringComparer.Ordinal);

    public TimeSpan KeptFor { get; } = TimeSpan.FromSeconds(configuration.GetValue("Pages:KeptFor", 1.0));

    /// <summary>
    /// The page that is kept, or else made now, by one of those who wait for it. In the second half of its time one of its readers makes it
    /// anew while the others are still given the old one: on a busy site nobody waits.
    /// </summary>
    public async ValueTask<ReadOnlyMemory<byte>> Of(string key, Func<Task<byte[]>> make, CancellationToken ct)
    {
        var kept = await store.GetAsync(key, ct) is { } bytes ? new Made(bytes) : null;
        if (kept is not null && clock.GetElapsedTime(kept.At) < KeptFor / 2)
            return kept.Page;
        var mine = new TaskCompletionSource<Made>(TaskCreationOptions.RunContinuationsAsynchronously);
        var one = making.GetOrAdd(key, mine);
        if (one != mine)
            return kept?.Page ?? (await Others(one.Task))?.Page ?? await make();
        try
        {
            var made = Made.Of(await make(), clock.GetTimestamp());
            mine.SetResult(made);
            await store.SetAsync(key, made.Bytes, Tags, KeptFor, ct);
            return made.Page;
        }
        finally
        {
            mine.TrySetCanceled(CancellationToken.None);
            making.TryRemove(KeyValuePair.Create(key, mine));
        }
    }

    // Whoever made it may have gone away meanwhile: that is no fault of those who waited.
    private static async Task<Made?> Others(Task<Made> page)
    {
        await ((Task)page).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return page.IsCompletedSuccessfully ? await page : null;
    }

    /// <summary>A page and, behind it, the reading of the clock at which it was made.</summary>
    private sealed record Made(byte[] Bytes)
    {
        public ReadOnlyMemory<byte> Page => Bytes.AsMemory(0, Bytes.Length - sizeof(long));

        public long At => BinaryPrimitives.ReadInt64LittleEndian(Bytes.AsSpan(Bytes.Length - sizeof(long)));

        public static Made Of(byte[] page, long at)
        {
            var bytes = new byte[page.Length + sizeof(long)];
            page.CopyTo(bytes, 0);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(page.Length), at);
            return new(bytes);
        }
    }
}

/// <summary>Puts the mark for the token into what is made for <see cref="Anybody"/>.</summary>
internal sealed class AntiforgeryForMany(IAntiforgery own, IOptions<AntiforgeryOptions> options) : IAntiforgery
{
    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext) => httpContext.User.IsAnybody()
        ? new(Anybody.Of(Anybody.Slot.Token), null, options.Value.FormFieldName, options.Value.HeaderName)
        : own.GetAndStoreTokens(httpContext);

    public AntiforgeryTokenSet GetTokens(HttpContext httpContext) => own.GetTokens(httpContext);

    public Task<bool> IsRequestValidAsync(HttpContext httpContext) => own.IsRequestValidAsync(httpContext);

    public Task ValidateRequestAsync(HttpContext httpContext) => own.ValidateRequestAsync(httpContext);

    public void SetCookieTokenAndHeader(HttpContext httpContext) => own.SetCookieTokenAndHeader(httpContext);
}

/// <summary>Wires what pages made for many need.</summary>
public static class PageForManyRegistration
{
    /// <summary>After output caching, whose store keeps the pages.</summary>
    public static void AddPagesForMany(this IServiceCollection services)
    {
        services.AddSingleton<PagesForMany>();
        services.AddAntiforgery();
        var own = services.Last(s => s.ServiceType == typeof(IAntiforgery)).ImplementationType!;
        services.AddSingleton<IAntiforgery>(s => new AntiforgeryForMany((IAntiforgery)ActivatorUtilities.CreateInstance(s, own), s.GetRequiredService<IOptions<AntiforgeryOptions>>()));
    }
}
