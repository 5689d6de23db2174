using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;

namespace MoocPlatform.Discussions.Features.Threads;

/// <summary>
/// What is new in a thread as it leaves for everyone who only takes part in it: rendered and compressed once. It holds nothing of any reader:
/// the page that asked for it puts its own token, draft and key into the forms.
/// </summary>
internal sealed class NewsFragment(byte[] text) : IActionResult
{
    private const string Brotli = "br";

    private readonly byte[] compressed = Compress(text);

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        var bytes = text;
        if (StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var forms) && forms.Any(f => f.Quality is not 0 && f.Value.Equals(Brotli, StringComparison.OrdinalIgnoreCase)))
        {
            response.Headers.ContentEncoding = Brotli;
            bytes = compressed;
        }

        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = bytes.Length;
        await response.BodyWriter.WriteAsync(bytes, context.HttpContext.RequestAborted);
    }

    private static byte[] Compress(byte[] text)
    {
        using var all = new MemoryStream();
        using (var brotli = new BrotliStream(all, CompressionLevel.Optimal))
            brotli.Write(text);
        return all.ToArray();
    }
}

/// <summary>The page, rendered for all: what came out is put in its place, and sent to this reader too.</summary>
internal sealed class RenderedForAll(TaskCompletionSource<NewsFragment?> place) : PageResult
{
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var (http, real) = (context.HttpContext, context.HttpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        using var rendered = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(rendered));
        try
        {
            await base.ExecuteResultAsync(context);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        finally
        {
            http.Features.Set(real);
        }

        var fragment = new NewsFragment(rendered.ToArray());
        place.TrySetResult(fragment);
        await fragment.ExecuteResultAsync(context);
    }
}
