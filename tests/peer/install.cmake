# Installs what package-lock.json names, unless that was done before.
if(node_modules/.package-lock.json IS_NEWER_THAN package-lock.json AND EXISTS node_modules/.package-lock.json)
  return()
endif()
execute_process(COMMAND "${NPM}" ci COMMAND_ERROR_IS_FATAL ANY)
