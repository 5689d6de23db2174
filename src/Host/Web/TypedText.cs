using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;

namespace MoocPlatform.Host.Web;

/// <summary>
/// What comes in by forms and queries is without what no keyboard types and no text may hold: U+0000, which PostgreSQL does not keep, U+FFFE and
/// U+FFFF, which are no characters and by which comparing words fails. The rest is left as it was.
/// </summary>
internal sealed class TypedText : IValueProviderFactory, IConfigureOptions<MvcOptions>
{
    private static readonly SearchValues<char> Nowhere = SearchValues.Create("\0\uFFFE\uFFFF");

    public void Configure(MvcOptions options)
    {
        options.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        options.ValueProviderFactories.RemoveType<QueryStringValueProviderFactory>();
        options.ValueProviderFactories.Insert(0, this);
    }

    public async Task CreateValueProviderAsync(ValueProviderFactoryContext context)
    {
        var request = context.ActionContext.HttpContext.Request;
        if (request.HasFormContentType)
        {
            try
            {
                context.ValueProviders.Add(new Form(await request.ReadFormAsync(request.HttpContext.RequestAborted)));
            }
            catch (Exception e) when (e is InvalidDataException or IOException)
            {
                throw new ValueProviderException(e.Message, e); // becomes an answer of 400
            }
        }

        if (request.Query.Count > 0)
            context.ValueProviders.Add(new Query(request.Query));
    }

    private static ValueProviderResult Clean(ValueProviderResult result)
    {
        foreach (var value in result)
            if (value.AsSpan().ContainsAny(Nowhere))
                return new(result.Select(v => v is null ? null : string.Concat(v.Where(c => !Nowhere.Contains(c)))).ToArray(), result.Culture);
        return result;
    }

    // The cultures are the framework's: a form is in the reader's, an address in none.
    private sealed class Form(IFormCollection values) : FormValueProvider(BindingSource.Form, values, CultureInfo.CurrentCulture)
    {
        public override ValueProviderResult GetValue(string key) => Clean(base.GetValue(key));
    }

    private sealed class Query(IQueryCollection values) : QueryStringValueProvider(BindingSource.Query, values, CultureInfo.InvariantCulture)
    {
        public override ValueProviderResult GetValue(string key) => Clean(base.GetValue(key));
    }
}
