using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace MoocPlatform.Kernel;

/// <summary>A thin page: bind, send, redirect. A refusal becomes a message beside the form and what was typed stays.</summary>
public abstract class ModulePage : PageModel
{
    private Reader? reader;

    /// <summary>Who reads: language, zone, clock.</summary>
    public Reader Reader => reader ??= HttpContext.RequestServices.GetRequiredService<Reader>();

    /// <summary>The texts of the page's module.</summary>
    protected IStringLocalizer Texts => Reader.Texts(GetType().Assembly);

    /// <summary>The person signed in; throws on an open page without one.</summary>
    public Guid Me => User.Id();

    /// <summary>The person signed in, or null for a visitor.</summary>
    public Guid? MeOrNull => User.IdOrNull();

    /// <summary>Asks a question or gives a command.</summary>
    protected Task<T> Send<T>(IRequest<T> request) =>
        HttpContext.RequestServices.GetRequiredService<IMediator>().Send(request, HttpContext.RequestAborted);

    /// <summary>
    /// The page, made once for everyone who stands at the same place: of its reader it may show their name, and what is in
    /// <paramref name="place"/>, and no more. It is made for <see cref="Anybody"/>.
    /// </summary>
    protected IActionResult PageForMany(string place) => Kernel.PageForMany.Serves(HttpContext) ? new PageForMany(place) : Page();

    /// <summary>Gives a command; when it is refused, shows the page again with the reason.</summary>
    /// <param name="done">Where to go when it is done.</param>
    /// <param name="again">Loads what the page needs to be shown again.</param>
    protected async Task<IActionResult> Do<T>(IRequest<T> command, Func<T, IActionResult> done, Func<Task> again)
    {
        if (ModelState.IsValid)
        {
            try
            {
                return done(await Send(command));
            }
            catch (Refused refused)
            {
                ModelState.AddModelError(refused.Field ?? "", Reader.Say(refused, GetType().Assembly));
            }
        }

        await again();
        Response.StatusCode = 422;
        return Page();
    }

    /// <summary>A sentence that the next page shows once: what was done.</summary>
    protected void Tell(string text, params object[] arguments) => TempData["told"] = Texts[text, arguments].Value;
}
