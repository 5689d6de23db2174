using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;
using Npgsql;

namespace MoocPlatform.Host.Web;

/// <summary>What went wrong, as a status and never as an exception: which page the person gets is decided by the status alone.</summary>
internal static class Mishap
{
    public const string Page = "/error";

    private const int BusyForSeconds = 5;

    // Codes of SQLite, https://sqlite.org/rescode.html: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.
    private static readonly int[] NotNow = [5, 6, 8, 10, 13, 14];

    public static void UseMishaps(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = Page,
            StatusCodeSelector = StatusOf,
            AllowStatusCode404Response = true,
            SuppressDiagnosticsCallback = context => StatusOf(context.Exception) < StatusCodes.Status500InternalServerError, // a "no" is no error
        });
        app.UseStatusCodePagesWithReExecute(Page);
    }

    public static int StatusOf(Exception exception) => exception switch
    {
        NotFound => StatusCodes.Status404NotFound,
        Refused or DbUpdateConcurrencyException => StatusCodes.Status409Conflict,
        AntiforgeryValidationException => StatusCodes.Status400BadRequest,
        BadHttpRequestException bad => bad.StatusCode,
        SqliteException sqlite when NotNow.Contains(sqlite.SqliteErrorCode) => StatusCodes.Status503ServiceUnavailable,
        NpgsqlException { IsTransient: true } or TimeoutException => StatusCodes.Status503ServiceUnavailable,
        PostgresException { SqlState: ['5', '3', ..] or ['5', '7', ..] } => StatusCodes.Status503ServiceUnavailable, // no room, or shutting down
        DbUpdateException { InnerException: { } inner } => StatusOf(inner),
        InvalidOperationException { InnerException: NpgsqlException { IsTransient: true } } => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The status of the answer, corrected where the framework hides what happened, with the headers that belong to it.</summary>
    public static async Task<int> Settle(HttpContext context)
    {
        // The verdict on the form's token has been given. From here on the form is only looked at, to say what is wrong and to give back what was typed.
        context.Features.Set<IAntiforgeryValidationFeature>(null);
        var (request, response) = (context.Request, context.Response);
        if (response.StatusCode == StatusCodes.Status400BadRequest && request.HasFormContentType && await IsTooBig(request))
            response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        if (response.StatusCode == StatusCodes.Status503ServiceUnavailable && response.Headers.RetryAfter.Count == 0)
            response.Headers.RetryAfter = BusyForSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return response.StatusCode;
    }

    // A form above the limits cannot be read, so its token cannot either, and the framework says that the token is missing.
    private static async Task<bool> IsTooBig(HttpRequest request)
    {
        try
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return false;
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return true;
        }
    }

    /// <summary>The sentence of an uncaught refusal in the reader's words, or null.</summary>
    public static string? Sentence(HttpContext context, Reader reader) =>
        context.Features.Get<IExceptionHandlerFeature>()?.Error is Refused refused && refused.TargetSite?.DeclaringType is { } thrower
            ? reader.Say(refused, thrower.Assembly)
            : null;
}
