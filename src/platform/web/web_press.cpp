#include "platform/web/web_press.h"

#include "documents/document_codec.h"
#include "platform/web/bridge.h"

namespace ca::platform {

void WebPress::print(documents::Document document, std::function<void(Result<app::Printed>)> done) {
    bridge::print(documents::encode(document), std::move(done));
}

}  // namespace ca::platform
