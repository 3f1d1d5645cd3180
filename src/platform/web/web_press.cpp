#include "platform/web/web_press.h"

#include "documents/document_codec.h"
#include "platform/web/bridge.h"

namespace ca::platform {

void WebPress::print(documents::Document document, std::function<void(Result<papers::Printed>)> done) {
    bridge::ask_press(bridge::PressJob::print, documents::encode(document),
                      [done = std::move(done)](Result<bridge::PressAnswer> answer) {
                          if (!answer) return done(std::unexpected(std::move(answer.error())));
                          done(papers::Printed{.bytes = std::move(answer->bytes), .pages = answer->pages});
                      });
}

void WebPress::check(std::string pdf, std::function<void(Result<documents::PaperCheck>)> done) {
    bridge::ask_press(bridge::PressJob::check, pdf, [done = std::move(done)](Result<bridge::PressAnswer> answer) {
        if (!answer) return done(std::unexpected(std::move(answer.error())));
        done(documents::decode_paper_check(answer->bytes));
    });
}

}  // namespace ca::platform
